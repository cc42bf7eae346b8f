package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Spendings;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.gateway.GatewaySettings;
import dev.prosa.gateway.WebSocketGatewayMain;
import dev.prosa.local.Stranger;
import dev.prosa.local.embedded.EmbeddedServer;
import dev.prosa.worker.WorkerMain;
import dev.prosa.worker.WorkerSettings;
import dev.prosa.worker.offline.OfflineModel;
import dev.prosa.worker.offline.Pace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Worker and gateway may do what they do, and nothing else.
class TaskRightsTest {

  private static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(25), Duration.ofSeconds(30));

  /// The sweeper looks 15 s after a turn or an erasure began, every 10 s.
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final OwnerId ANN = new OwnerId("ann");

  @TempDir private Path folder;
  private final Template dev = Template.of("dev");
  private final Lifecycle parts = Lifecycle.create();
  private final CallRecorder recorder = new CallRecorder();
  private final InstantSource clock = InstantSource.system();
  private final AwsTarget sqs = target(EmbeddedServer.elasticMqInMemory(0));
  private final AwsTarget dynamoDb = target(EmbeddedServer.dynamoDbInMemory(0));

  private AwsTarget target(EmbeddedServer server) {
    return new AwsTarget("us-east-1", parts.own("server", server).uri());
  }

  private DynamoDbTable recordedTable() {
    DynamoDbTable.createIfMissing(dynamoDb, "prosa");
    var builder = dynamoDb.configure(DynamoDbClient.builder(), PATIENCE);
    builder.overrideConfiguration(c -> c.addExecutionInterceptor(recorder));
    return parts.own("table", new DynamoDbTable(builder.build(), "prosa"));
  }

  /// As [SqsQueues#open] has them, which also looks both of them up.
  private SqsQueues recordedQueues() {
    SqsQueues.createIfMissing(sqs, "prosa-jobs");
    var builder = sqs.configure(SqsClient.builder(), PATIENCE);
    builder.overrideConfiguration(c -> c.addExecutionInterceptor(recorder));
    var client = builder.build();
    var url = client.getQueueUrl(r -> r.queueName("prosa-jobs")).queueUrl();
    var letters = client.getQueueUrl(r -> r.queueName("prosa-jobs-dlq")).queueUrl();
    return parts.own("queues", new SqsQueues(client, builder.build(), url, letters));
  }

  private RedisPool redis() {
    var server = parts.own("redis", EmbeddedServer.redis(0, folder));
    return parts.own("pool", RedisPool.open(server.uri()));
  }

  private TurnDatabase backDoor() {
    return TurnDatabase.dynamoDb(
        parts.own("back door", DynamoDbTable.open(dynamoDb, "prosa")), clock);
  }

  private static Turn accepted(TurnDatabase database, String prompt) {
    var asked = new NewTurn(ANN, null, prompt, null, Duration.ofMinutes(10), null, null);
    return ((AcceptOutcome.Accepted) database.turns().accept(asked)).turn();
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  @Test
  void a_worker_may_do_what_it_does_and_nothing_else() {
    var table = recordedTable();
    var queue = JobQueue.sqs(recordedQueues());
    var redis = redis();
    var surroundings =
        new WorkerMain.Surroundings(
            TurnDatabase.dynamoDb(table, clock),
            CallLedger.dynamoDb(table),
            Quotas.redis(redis, Spendings.dynamoDb(table), clock),
            queue,
            redis,
            Metrics.create(),
            clock);
    var model = parts.own("model", OfflineModel.start(Pace.IMMEDIATE, clock));
    var settings = Map.of("OPENAI_BASE_URL", model.baseUri().toString(), "PROSA_POLL_WAIT", "1s");
    var database = backDoor();
    var sent = JobQueue.sqs(parts.own("sender", SqsQueues.open(sqs, "prosa-jobs")));
    for (var prompt : new String[] {"/echo hello", "/fail 4"}) {
      sent.send(new Poke(accepted(database, prompt).job(), null), ANN);
    }
    var lost = accepted(database, "/echo nobody poked");
    var erased = accepted(database, "/echo erase me").job().conversation();
    assertThat(database.erasures().begin(ANN, erased)).isTrue();

    parts.own(
        "worker", WorkerMain.start(WorkerSettings.of(ProviderSettings.of(settings)), surroundings));

    var seen = new TreeSet<Right>();
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          seen.addAll(recorder.take());
          assertThat(seen).isEqualTo(allowed("WorkerRole"));
          var turn = database.turns().find(lost.job());
          assertThat(turn != null && !turn.state().isOpen()).isTrue();
        });
  }

  @Test
  void a_gateway_may_do_what_it_does_and_nothing_else() {
    var database = TurnDatabase.dynamoDb(recordedTable(), clock);
    var settings = ProviderSettings.namesOf(Map.of("PROSA_WS_PORT", "0")).settings();
    var gateway =
        parts.own(
            "gateway",
            WebSocketGatewayMain.start(
                GatewaySettings.of(settings),
                database,
                redis(),
                Metrics.create().gateway(),
                clock));
    var job = accepted(backDoor(), "Hi").job();
    var address = URI.create("ws://127.0.0.1:%d/".formatted(gateway.port()));
    var ann = new Stranger("ann", address, address, "dev-ann");

    try (var ear = ann.listen()) {
      ear.say("{\"type\":\"resume\",\"jobs\":[{\"jobId\":\"%s\"}]}".formatted(job));
      ear.say("{\"type\":\"cancel\",\"jobId\":\"%s\"}".formatted(job));

      var cancelled = ear.await(frame -> frame.path("type").asText().equals("job.cancelled"));
      assertThat(cancelled.path("jobId").asText()).isEqualTo(job.value());
    }
    assertThat(recorder.take()).isEqualTo(allowed("GatewayRole"));
  }

  private Set<Right> allowed(String role) {
    return dev.rights(role);
  }
}
