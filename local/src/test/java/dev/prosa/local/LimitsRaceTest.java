package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Spendings;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.ingest.Ingest;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.local.embedded.EmbeddedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;

/// Many messages at once over HTTP, counted by Redis and written by DynamoDB. Both have all the
/// time they need: a Redis that is given up counts nothing, and this is not what is tested. No
/// worker ends a turn meanwhile.
class LimitsRaceTest {

  private static final int SENDERS = 50;
  private static final int BUDGET = 10;

  /// What `Hi` is reckoned at.
  private static final int RECKONED = 2_001;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TABLE = "prosa";

  private final Lifecycle parts = Lifecycle.create();
  private final InstantSource clock = InstantSource.system();
  private final InMemoryJobQueue queue = JobQueue.inMemory(clock, PATIENCE);
  private Ingest ingest;
  private Stranger ann;

  @BeforeEach
  void start(@TempDir Path folder) {
    var dynamoDb = parts.own("table", EmbeddedServer.dynamoDbInMemory(0)).uri();
    var server = parts.own("redis", EmbeddedServer.redis(0, folder));
    var redis = parts.own("pool", patient(server.uri()));
    ingest = ingest(dynamoDb, redis);
    var http = parts.own("HTTP API", HttpFront.start(IngestMain.routes(ingest)));
    var api = URI.create("http://localhost:" + http.port());
    ann = new Stranger("ann", api, api, "dev-ann");
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  private Ingest ingest(URI dynamoDb, RedisPool redis) {
    var settings =
        ProviderSettings.namesOf(
            Map.of(
                "PROSA_DYNAMODB_ENDPOINT",
                dynamoDb.toString(),
                "PROSA_USER_REQUESTS_PER_MINUTE",
                "0",
                "PROSA_USER_JOBS_IN_FLIGHT",
                "0",
                "PROSA_USER_TOKENS_PER_DAY",
                Integer.toString(BUDGET * RECKONED)));
    var target = new AwsTarget("us-east-1", dynamoDb);
    DynamoDbTable.createIfMissing(target, TABLE);
    var patience = new AwsTarget.Patience(PATIENCE, PATIENCE);
    var table = parts.own("client", DynamoDbTable.open(target, TABLE, patience));
    var whole = IngestMain.connect(settings, redis, clock, parts);
    return new Ingest(
        TurnDatabase.dynamoDb(table, clock),
        whole.calls(),
        whole.providers(),
        queue,
        whole.presence(),
        new Ingest.Limiting(
            whole.limiting().limits(), Quotas.redis(redis, Spendings.dynamoDb(table), clock)),
        whole.operations(),
        whole.verifier(),
        whole.settings(),
        whole.clock());
  }

  /// A connection for every sender, and all the time it needs.
  private static RedisPool patient(URI address) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(2 * SENDERS);
    pool.setMaxWait(PATIENCE);
    pool.setJmxEnabled(false);
    var millis = (int) PATIENCE.toMillis();
    var config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(millis)
            .socketTimeoutMillis(millis)
            .password(JedisURIHelper.getPassword(address))
            .build();
    var client =
        RedisClient.builder()
            .hostAndPort(new HostAndPort(address.getHost(), address.getPort()))
            .clientConfig(config)
            .poolConfig(pool)
            .build();
    return new RedisPool(
        address, client, new Semaphore(2 * SENDERS), new AtomicLong(System.nanoTime()));
  }

  private List<Answer> sayAtOnce(String body) {
    var said =
        IntStream.range(0, SENDERS).mapToObj(_ -> ann.send("POST", "/v1/messages", body)).toList();
    return said.stream().map(answer -> answer.join()).toList();
  }

  private static List<Answer> with(int status, List<Answer> said) {
    return said.stream().filter(answer -> answer.status() == status).toList();
  }

  private Turn turn(Answer accepted) {
    var job = Objects.requireNonNull(JobId.parse(accepted.text("jobId")));
    return Objects.requireNonNull(ingest.database().turns().find(job));
  }

  private int conversations() {
    return ann.get("/v1/conversations?limit=50").body().path("conversations").size();
  }

  @Test
  void of_50_messages_at_once_a_budget_of_10_lets_exactly_10_pass() {
    var said = sayAtOnce("{\"content\":\"Hi\"}");

    assertThat(with(202, said)).hasSize(BUDGET);
    assertThat(with(429, said))
        .hasSize(SENDERS - BUDGET)
        .allMatch(answer -> answer.text("code").equals("budget_exhausted"));
    assertThat(conversations()).isEqualTo(BUDGET);
    assertThat(queue.size()).isEqualTo(BUDGET);
  }

  @Test
  void what_the_10_did_not_take_is_there_for_others() {
    var accepted = with(202, sayAtOnce("{\"content\":\"Hi\"}"));

    accepted.forEach(answer ->
        ingest.limiting().quotas().settle(turn(answer).reservation(), () -> new Amount(1_001, 0)));

    assertThat(with(202, sayAtOnce("{\"content\":\"Hi\"}"))).hasSize(BUDGET / 2 - 1);
  }

  @Test
  void of_50_messages_at_once_to_a_conversation_as_many_pass_as_fit_with_their_contexts() {
    var first = ann.send("POST", "/v1/messages", "{\"content\":\"Hi\"}").join();
    var conversation = new ConversationId(first.text("conversationId"));

    var said = sayAtOnce("{\"content\":\"Hi\",\"conversationId\":\"%s\"}".formatted(conversation));

    // one is reckoned with the longest context, and beside it one fits that looked before it came
    var accepted = with(202, said);
    assertThat(accepted).hasSizeBetween(1, 2);
    assertThat(with(429, said)).hasSize(SENDERS - accepted.size());
    assertThat(ingest.database().turns().turns(conversation, Integer.MAX_VALUE, 50))
        .hasSize(1 + accepted.size());
  }
}
