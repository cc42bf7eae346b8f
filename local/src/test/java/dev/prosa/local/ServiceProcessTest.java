package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.front.IngestHttpMain;
import dev.prosa.front.ResourcesMain;
import dev.prosa.gateway.WebSocketGatewayMain;
import dev.prosa.local.embedded.EmbeddedServer;
import dev.prosa.worker.WorkerMain;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Worker, gateway and HTTP API as an orchestrator runs them.
class ServiceProcessTest {

  private static final String MODEL = "http://127.0.0.1:1/v1";

  @ParameterizedTest
  @ValueSource(classes = {WorkerMain.class, WebSocketGatewayMain.class, IngestHttpMain.class})
  void wrong_settings_are_a_sentence_each_and_exit_code_2(Class<?> main)
      throws IOException, InterruptedException {
    var environment =
        Map.of("PROSA_WS_PORT", "many", "PROSA_POLL_WAIT", "long", "OPENAI_BASE_URL", MODEL);

    try (var service = ServiceProcess.start(main, environment)) {
      var said = service.saysUntil("no such line");

      assertThat(service.exitCode()).isEqualTo(2);
      assertThat(said)
          .hasSize(2)
          .allMatch(line -> line.matches("(worker|gateway|ingest): PROSA_.*"));
    }
  }

  @Test
  void a_worker_names_all_problems_of_its_providers_too() throws IOException, InterruptedException {
    var environment =
        Map.of("PROSA_POLL_WAIT", "long", "LLM_PROVIDERS", "openai,groq", "GROQ_MODLE", "m");

    try (var service = ServiceProcess.start(WorkerMain.class, environment)) {
      var said = service.saysUntil("no such line");

      assertThat(service.exitCode()).isEqualTo(2);
      assertThat(said)
          .containsExactly(
              "worker: PROSA_POLL_WAIT=long is not allowed: a time such as 500ms, 30s or 10m, at"
                  + " most 12h",
              "worker: GROQ_MODLE is not a setting; did you mean GROQ_MODEL?",
              "worker: OPENAI_API_KEY is missing: only a provider on this machine needs none",
              "worker: GROQ_API_KEY is missing: only a provider on this machine needs none");
    }
  }

  @Test
  void the_http_api_does_not_believe_everybody_on_a_network()
      throws IOException, InterruptedException {
    var environment = Map.of("PROSA_HOST", "0.0.0.0", "OPENAI_BASE_URL", MODEL);

    try (var service = ServiceProcess.start(IngestHttpMain.class, environment)) {
      var said = service.saysUntil("no such line");

      assertThat(service.exitCode()).isEqualTo(2);
      assertThat(said).singleElement().asString().contains("PROSA_HOST=0.0.0.0 is not allowed");
    }
  }

  @Test
  void resources_are_created_once_and_the_http_api_serves_the_page_on_them(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var sqs = EmbeddedServer.elasticMqInMemory(0);
        var dynamoDb = EmbeddedServer.dynamoDbInMemory(0);
        var redis = EmbeddedServer.redis(0, folder)) {
      var environment =
          new HashMap<>(
              Map.of(
                  "PROSA_SQS_ENDPOINT", sqs.uri().toString(),
                  "PROSA_DYNAMODB_ENDPOINT", dynamoDb.uri().toString(),
                  "PROSA_REDIS_URL", redis.uri().toString(),
                  "LLM_PROVIDERS", "offline"));
      createsResources(environment);
      createsResources(environment);
      var port = FreePort.pick();
      environment.put("PROSA_HTTP_PORT", Integer.toString(port));

      try (var service = ServiceProcess.start(IngestHttpMain.class, environment)) {
        assertThat(service.saysUntil("ingest is ready").getLast()).contains("ingest is ready");
        assertThat(read(port, "/")).contains("<html");
        assertThat(read(port, "/v1/health")).contains("\"offline\":true", "\"store\":\"up\"");

        service.terminate();
        assertThat(service.exitCode()).isZero();
      }
    }
  }

  private static void createsResources(Map<String, String> environment)
      throws IOException, InterruptedException {
    try (var service = ServiceProcess.start(ResourcesMain.class, environment)) {
      assertThat(service.saysUntil("no such line"))
          .containsExactly(
              "resources: queues prosa-jobs and prosa-jobs-dlq are there",
              "resources: table prosa is there");
      assertThat(service.exitCode()).isZero();
    }
  }

  @Test
  void a_worker_that_finds_no_queue_ends_with_exit_code_1()
      throws IOException, InterruptedException {
    var environment = Map.of("PROSA_SQS_ENDPOINT", "http://127.0.0.1:1", "OPENAI_BASE_URL", MODEL);

    try (var service = ServiceProcess.start(WorkerMain.class, environment)) {
      var said = service.saysUntil("worker does not start");

      assertThat(said.getLast()).contains("ERROR").contains("worker does not start");
      assertThat(service.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void a_worker_that_is_told_to_end_ends_with_exit_code_0(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var sqs = EmbeddedServer.elasticMqInMemory(0);
        var redis = EmbeddedServer.redis(0, folder)) {
      SqsQueues.createIfMissing(new AwsTarget("us-east-1", sqs.uri()), "prosa-jobs");
      var environment =
          Map.of(
              "PROSA_SQS_ENDPOINT",
              sqs.uri().toString(),
              "PROSA_DYNAMODB_ENDPOINT",
              "http://127.0.0.1:1",
              "PROSA_REDIS_URL",
              redis.uri().toString(),
              "PROSA_POLL_WAIT",
              "1s",
              "OPENAI_BASE_URL",
              MODEL);

      endsWell(WorkerMain.class, environment, "worker is ready");
    }
  }

  @Test
  void a_worker_tells_on_its_status_port_how_it_is(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var sqs = EmbeddedServer.elasticMqInMemory(0);
        var redis = EmbeddedServer.redis(0, folder)) {
      SqsQueues.createIfMissing(new AwsTarget("us-east-1", sqs.uri()), "prosa-jobs");
      var port = FreePort.pick();
      var environment =
          Map.of(
              "PROSA_SQS_ENDPOINT",
              sqs.uri().toString(),
              "PROSA_DYNAMODB_ENDPOINT",
              "http://127.0.0.1:1",
              "PROSA_REDIS_URL",
              redis.uri().toString(),
              "PROSA_STATUS_PORT",
              Integer.toString(port),
              "OPENAI_BASE_URL",
              MODEL);

      try (var service = ServiceProcess.start(WorkerMain.class, environment)) {
        service.saysUntil("worker is ready");

        assertThat(read(port, "/health")).isEqualTo("{\"status\":\"up\"}");
        assertThat(read(port, "/metrics")).contains("prosa_llm_calls_unrecorded_total 0.0");
      }
    }
  }

  @Test
  void a_gateway_tells_on_its_status_port_how_it_is(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var redis = EmbeddedServer.redis(0, folder)) {
      var port = FreePort.pick();
      var environment =
          Map.of(
              "PROSA_WS_PORT",
              "0",
              "PROSA_REDIS_URL",
              redis.uri().toString(),
              "PROSA_STATUS_PORT",
              Integer.toString(port));

      try (var service = ServiceProcess.start(WebSocketGatewayMain.class, environment)) {
        service.saysUntil("gateway is ready");

        assertThat(read(port, "/health")).isEqualTo("{\"status\":\"up\"}");
        assertThat(read(port, "/metrics"))
            .contains("prosa_ws_connections 0.0")
            .doesNotContain("prosa_ws_closed_total{");
      }
    }
  }

  private static String read(int port, String path) throws IOException {
    try (var in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_gateway_that_is_told_to_end_ends_with_exit_code_0(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var redis = EmbeddedServer.redis(0, folder)) {
      var environment = Map.of("PROSA_WS_PORT", "0", "PROSA_REDIS_URL", redis.uri().toString());

      endsWell(WebSocketGatewayMain.class, environment, "gateway is ready");
    }
  }

  @Test
  void a_gateway_writes_for_machines_when_it_is_told_to(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var redis = EmbeddedServer.redis(0, folder)) {
      writesJson(
          WebSocketGatewayMain.class,
          Map.of("PROSA_WS_PORT", "0", "PROSA_REDIS_URL", redis.uri().toString()),
          "gateway is ready");
    }
  }

  @Test
  void a_worker_writes_for_machines_when_it_is_told_to() throws IOException, InterruptedException {
    writesJson(
        WorkerMain.class,
        Map.of("PROSA_SQS_ENDPOINT", "http://127.0.0.1:1", "OPENAI_BASE_URL", MODEL),
        "worker does not start");
  }

  @Test
  void the_http_api_writes_for_machines_when_it_is_told_to(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var redis = EmbeddedServer.redis(0, folder)) {
      writesJson(
          IngestHttpMain.class,
          Map.of(
              "PROSA_HTTP_PORT", "0",
              "PROSA_REDIS_URL", redis.uri().toString(),
              "PROSA_SQS_ENDPOINT", "http://127.0.0.1:1",
              "PROSA_DYNAMODB_ENDPOINT", "http://127.0.0.1:1",
              "LLM_PROVIDERS", "offline"),
          "ingest is ready");
    }
  }

  @Test
  void a_lambda_writes_for_machines_unless_it_is_told_otherwise()
      throws IOException, InterruptedException {
    try (var sqs = EmbeddedServer.elasticMqInMemory(0)) {
      SqsQueues.createIfMissing(new AwsTarget("us-east-1", sqs.uri()), "prosa-jobs");
      var environment =
          Map.of(
              "AWS_LAMBDA_FUNCTION_NAME",
              "post-message",
              "PROSA_SQS_ENDPOINT",
              sqs.uri().toString(),
              "PROSA_DYNAMODB_ENDPOINT",
              "http://127.0.0.1:1",
              "PROSA_REDIS_URL",
              "redis://127.0.0.1:1",
              "OPENAI_BASE_URL",
              MODEL);

      try (var lambda = ServiceProcess.start(LambdaMain.class, environment)) {
        var lines = LogLine.of(String.join("\n", lambda.saysUntil("answering 503")));

        assertThat(lines.getLast().field("traceId")).isEqualTo(LambdaMain.TRACE_ID);
        assertThat(lines.getLast().field("faas.invocation_id")).isEqualTo(LambdaMain.REQUEST_ID);
        assertThat(lines.getLast().field("stack_trace")).contains("StoreUnavailableException");
      }
    }
  }

  private static void writesJson(Class<?> main, Map<String, String> environment, String last)
      throws IOException, InterruptedException {
    var forMachines = new HashMap<>(environment);
    forMachines.put("PROSA_LOG_FORMAT", "json");
    try (var service = ServiceProcess.start(main, forMachines)) {
      var said = service.saysUntil(last);

      assertThat(said).allSatisfy(line -> assertThat(Json.read(line).has("message")).isTrue());
      assertThat(said.getLast()).contains(last);
    }
  }

  private static void endsWell(Class<?> main, Map<String, String> environment, String ready)
      throws IOException, InterruptedException {
    try (var service = ServiceProcess.start(main, environment)) {
      assertThat(service.saysUntil(ready).getLast()).contains(ready);

      service.terminate();

      assertThat(service.saysUntil("has ended").getLast()).contains("has ended");
      assertThat(service.exitCode()).isZero();
    }
  }
}
