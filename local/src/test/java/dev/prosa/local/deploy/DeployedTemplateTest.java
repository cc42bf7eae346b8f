package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.gateway.WebSocketGatewayMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.ingest.http.StaticFile;
import dev.prosa.local.FreePort;
import dev.prosa.local.ServiceProcess;
import dev.prosa.local.Stranger;
import dev.prosa.local.embedded.EmbeddedServer;
import dev.prosa.worker.WorkerMain;
import dev.prosa.worker.offline.OfflineModel;
import dev.prosa.worker.offline.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What `npx serverless deploy` makes in an emulator, made by hand of its own template: table,
/// queues and functions. A worker and a gateway run beside it, and a chat goes through all of it.
class DeployedTemplateTest {

  private static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));

  @TempDir private static Path folder;
  private static Lifecycle parts = Lifecycle.create();
  private static Template template;
  private static SqsClient sqs;
  private static DynamoDbClient dynamoDb;
  private static AwsTarget sqsTarget;
  private static AwsTarget dynamoDbTarget;
  private static DeployedStores stores;
  private static URI api;
  private static URI socket;

  @BeforeAll
  static void deploy() throws IOException {
    parts = Lifecycle.create();
    template = Template.ofEmulator("dev");
    stores = new DeployedStores(template);
    sqsTarget = target(parts.own("sqs", EmbeddedServer.elasticMqInMemory(0)));
    dynamoDbTarget = target(parts.own("dynamodb", EmbeddedServer.dynamoDbInMemory(0)));
    var redis = parts.own("redis", EmbeddedServer.redis(0, folder));
    sqs = parts.own("client", sqsTarget.configure(SqsClient.builder(), PATIENCE).build());
    dynamoDb =
        parts.own("client", dynamoDbTarget.configure(DynamoDbClient.builder(), PATIENCE).build());
    stores.createQueues(sqs);
    stores.createTable(dynamoDb);
    var port = FreePort.pick();
    socket = URI.create("ws://127.0.0.1:%d/".formatted(port));
    var environment = environment();
    environment.put("PROSA_DYNAMODB_ENDPOINT", String.valueOf(dynamoDbTarget.endpoint()));
    environment.put("PROSA_SQS_ENDPOINT", String.valueOf(sqsTarget.endpoint()));
    environment.put("PROSA_REDIS_URL", redis.uri().toString());
    environment.put("PROSA_WS_URL", socket.toString());
    environment.put("PROSA_WS_PORT", Integer.toString(port));
    environment.put("PROSA_ALLOWED_ORIGINS", FunctionsMain.PAGE);
    api = startFunctions(environment);
    startTasks(environment);
  }

  private static AwsTarget target(EmbeddedServer server) {
    return new AwsTarget("us-east-1", server.uri());
  }

  private static URI startFunctions(Map<String, String> environment) throws IOException {
    var functions =
        parts.own("functions", ServiceProcess.start(FunctionsMain.class, environment, functions()));
    var ready = functions.saysUntil(FunctionsMain.READY).getLast();
    assertThat(ready).startsWith(FunctionsMain.READY);
    functions.ignoreTheRest();
    return URI.create("http://127.0.0.1:" + ready.substring(FunctionsMain.READY.length()));
  }

  private static void startTasks(Map<String, String> environment) throws IOException {
    var model = parts.own("model", OfflineModel.start(Pace.TYPICAL, InstantSource.system()));
    environment.put("OPENAI_BASE_URL", model.baseUri().toString());
    startService(WorkerMain.class, environment, "worker is ready");
    startService(WebSocketGatewayMain.class, environment, "gateway is ready");
  }

  private static void startService(Class<?> main, Map<String, String> environment, String ready)
      throws IOException {
    var service = parts.own(main.getSimpleName(), ServiceProcess.start(main, environment));
    assertThat(service.saysUntil(ready).getLast()).contains(ready);
    service.ignoreTheRest();
  }

  private static List<String> functions() {
    return template.functions().entrySet().stream()
        .map(f -> f.getKey().replace(' ', ',') + "," + f.getValue().path("Handler").asText())
        .toList();
  }

  /// What the functions are told; it is the same for all of them.
  private static Map<String, String> environment() {
    var all = new TreeSet<String>();
    var variables = new HashMap<String, String>();
    for (var function : template.functions().values()) {
      var told = function.at("/Environment/Variables");
      all.add(told.toString());
      told.properties().forEach(v -> variables.put(v.getKey(), resolved(v.getValue())));
    }
    assertThat(all).hasSize(1);
    return variables;
  }

  private static String resolved(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    var named = Template.texts(value).findFirst().orElse("");
    return switch (named) {
      case "TurnsTable" -> stores.table();
      case "JobsQueue" -> stores.queue();
      default -> throw new AssertionError("nobody knows " + value);
    };
  }

  @AfterAll
  static void remove() {
    parts.close();
  }

  @Test
  void a_chat_goes_through_the_functions_of_the_template() {
    var ann = new Stranger("ann", api, socket, "dev-ann");
    var ticket = ann.post("/v1/tickets", "").body();
    assertThat(ticket.path("url").asText()).isEqualTo(socket.toString());
    try (var ear = ann.listenWith(ticket.path("ticket").asText())) {
      var accepted = ann.say("/echo it is deployed");

      var end = ear.awaitEnd(accepted);

      assertThat(end.path("type").asText()).isEqualTo("reply.completed");
      assertThat(end.path("content").asText()).contains("it is deployed");
      assertThat(ann.said(accepted))
          .containsExactly("/echo it is deployed", end.path("content").asText());
    }
  }

  @Test
  void what_was_deployed_can_be_erased_through_it() {
    var bob = new Stranger("bob", api, socket, "dev-bob");
    var accepted = bob.say("/echo forget me");
    bob.awaitEnd(accepted);

    assertThat(bob.send("DELETE", "/v1/users/me", "").join().status()).isEqualTo(204);

    assertThat(bob.get("/v1/conversations").body().path("conversations")).isEmpty();
  }

  @Test
  void a_browser_is_told_what_a_page_of_another_origin_may_ask_for()
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(api.resolve("/v1/conversations/c_1"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", FunctionsMain.PAGE)
            .header("Access-Control-Request-Method", "PATCH");
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.discarding());

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
          .hasValue("DELETE, GET, PATCH");
    }
  }

  @Test
  void the_table_is_the_one_that_the_code_makes() {
    DynamoDbTable.createIfMissing(dynamoDbTarget, "made-by-the-code");

    assertThat(shape(stores.table())).isEqualTo(shape("made-by-the-code"));
    assertThat(expiry(stores.table())).isEqualTo(expiry("made-by-the-code"));
  }

  private static Set<String> shape(String table) {
    TableDescription made = dynamoDb.describeTable(r -> r.tableName(table)).table();
    var shape = new TreeSet<String>();
    made.attributeDefinitions().forEach(a -> shape.add(a.toString()));
    shape.add("keys " + made.keySchema());
    shape.add("billing " + made.billingModeSummary().billingMode());
    made.globalSecondaryIndexes()
        .forEach(i -> shape.add(i.indexName() + i.keySchema() + i.projection()));
    return shape;
  }

  private static String expiry(String table) {
    return dynamoDb.describeTimeToLive(r -> r.tableName(table)).timeToLiveDescription().toString();
  }

  @Test
  void the_queues_are_those_that_the_code_makes() {
    SqsQueues.createIfMissing(sqsTarget, "made-by-the-code");

    assertThat(attributes(stores.queue())).isEqualTo(attributes("made-by-the-code"));
    assertThat(stores.template().properties("DeadLetterQueue").path("QueueName").asText())
        .isEqualTo(stores.queue() + "-dlq");
  }

  /// What decides about deliveries; the redrive policy names each its own queue.
  private static Map<QueueAttributeName, String> attributes(String queue) {
    var url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
    var all =
        sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return Map.of(
        QueueAttributeName.VISIBILITY_TIMEOUT,
        String.valueOf(all.get(QueueAttributeName.VISIBILITY_TIMEOUT)),
        QueueAttributeName.REDRIVE_POLICY,
        String.valueOf(all.get(QueueAttributeName.REDRIVE_POLICY)).replace(queue, "<queue>"));
  }

  @Test
  void the_page_has_the_headers_that_the_program_gives_it()
      throws IOException, InterruptedException {
    var file = new StaticFile("text/html", new byte[] {'x'}, new byte[0], "\"e\"");
    var anywhere = new HttpFront.Listening(InetAddress.getLoopbackAddress(), 0, Set.of());
    try (var front = HttpFront.start(anywhere, List.of(), _ -> file);
        var client = HttpClient.newHttpClient()) {
      var page = URI.create("http://127.0.0.1:%d/".formatted(front.port()));
      var headers =
          client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding()).headers();

      var deployed = Template.of("dev").properties("PageHeaders").findPath("SecurityHeadersConfig");
      assertThat(headers.firstValue("Content-Security-Policy"))
          .hasValue(deployed.at("/ContentSecurityPolicy/ContentSecurityPolicy").asText());
      assertThat(headers.firstValue("Referrer-Policy"))
          .hasValue(deployed.at("/ReferrerPolicy/ReferrerPolicy").asText());
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(deployed.has("ContentTypeOptions")).isTrue();
    }
  }
}
