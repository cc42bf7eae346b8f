package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.local.embedded.EmbeddedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that hangs is given up in time, and nothing is lost. The limits are those of one call of
/// each kind; the rest is for a machine that has other things to do. One that has very much to do
/// may be late now and then, but not every time.
class IngestPatienceTest {

  private static final Duration REDIS = Duration.ofMillis(500);
  private static final Duration DYNAMODB = Duration.ofSeconds(1);
  private static final Duration SQS = Duration.ofSeconds(2);
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// Longer than a Redis that did not answer is left alone, so that every try waits for it.
  private static final Duration NEXT_TRY = Duration.ofSeconds(2);

  private static final String TABLE = "prosa";
  private static final String QUEUE = "prosa-jobs";
  private static final String REGION = "us-east-1";
  private static final String KEY = "Idempotency-Key";
  private static final String MESSAGE = "{\"content\":\"Hi\"}";

  private final Lifecycle parts = Lifecycle.create();
  private final Valve sqs = valve(EmbeddedServer.elasticMqInMemory(0));
  private final Valve dynamoDb = valve(EmbeddedServer.dynamoDbInMemory(0));
  private final InstantSource clock = InstantSource.system();
  private Valve redis;
  private JobQueue queue;
  private Stranger ann;
  private int tries;

  private Valve valve(EmbeddedServer server) {
    return parts.own("valve", new Valve(parts.own("server", server).uri()));
  }

  @BeforeEach
  void startAndWarmUp(@TempDir Path folder) {
    redis = valve(EmbeddedServer.redis(0, folder));
    SqsQueues.createIfMissing(new AwsTarget(REGION, URI.create(sqs.uri())), QUEUE);
    queue =
        JobQueue.sqs(
            parts.own(
                "queues", SqsQueues.open(new AwsTarget(REGION, URI.create(sqs.uri())), QUEUE)));
    DynamoDbTable.createIfMissing(new AwsTarget(REGION, URI.create(dynamoDb.uri())), TABLE);
    var settings =
        ProviderSettings.namesOf(
            Map.of(
                "PROSA_SQS_ENDPOINT", sqs.uri(),
                "PROSA_DYNAMODB_ENDPOINT", dynamoDb.uri(),
                "PROSA_USER_JOBS_IN_FLIGHT", "0"));
    var cache = parts.own("cache", RedisPool.open(URI.create(redis.uri())));
    var ingest = IngestMain.connect(settings, cache, clock, parts);
    var http = parts.own("HTTP API", HttpFront.start(IngestMain.routes(ingest)));
    var api = URI.create("http://localhost:" + http.port());
    ann = new Stranger("ann", api, api, "dev-ann");
    await().atMost(PATIENCE).until(() -> post("warm").status() == 202);
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  private Answer post(String key) {
    return ann.send("POST", "/v1/messages", MESSAGE, KEY, key).join();
  }

  /// The answer to the first message for which that was time enough.
  private Answer postWithin(Duration limit) {
    return await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(NEXT_TRY)
        .until(this::tried, tried -> tried.took().compareTo(limit.plus(BUSY_MACHINE)) < 0)
        .answer();
  }

  private record Try(Answer answer, Duration took) {}

  private Try tried() {
    tries++;
    var begin = System.nanoTime();
    var answer = post("k-" + tries);
    return new Try(answer, Duration.ofNanos(System.nanoTime() - begin));
  }

  @Test
  void a_redis_that_hangs_costs_the_live_delivery_only() {
    redis.shut();

    var said = postWithin(REDIS);

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.text("delivery")).isEqualTo("poll");
  }

  @Test
  void a_table_that_hangs_is_said_to_be_away_and_nothing_is_half_done() {
    var _ = pokes(); // of the first message, which may have been sent twice
    dynamoDb.shut();

    var said = postWithin(REDIS.plus(DYNAMODB));

    assertThat(said.status()).isEqualTo(503);
    assertThat(said.text("code")).isEqualTo("store_unavailable");
    dynamoDb.open();
    assertThat(conversations()).hasSize(1);
    assertThat(pokes()).isEmpty();
    await().atMost(PATIENCE).until(() -> post("k-1").status() == 202);
    assertThat(conversations()).hasSize(2);
    assertThat(pokes()).isNotEmpty();
  }

  private JsonNode conversations() {
    return ann.get("/v1/conversations").body().path("conversations");
  }

  /// Those that were sent since it was asked before.
  private List<String> pokes() {
    return queue.receive(JobQueue.MAX_RECEIVE, Duration.ZERO).stream()
        .map(message -> message.body())
        .toList();
  }

  @Test
  void a_queue_that_hangs_is_said_to_be_away_and_the_message_is_kept() {
    sqs.shut();

    var said = postWithin(SQS);

    assertThat(said.status()).isEqualTo(502);
    assertThat(said.text("code")).isEqualTo("queue_refused");
    assertThat(conversations()).hasSize(1 + tries);
  }
}
