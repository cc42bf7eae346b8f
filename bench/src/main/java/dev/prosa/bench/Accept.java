package dev.prosa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.local.embedded.EmbeddedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The ingest side alone: messages that nobody answers.
final class Accept implements Measurement {

  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final System.Logger LOG = System.getLogger(Accept.class.getName());
  private static final String REGION = "us-east-1";
  private static final String TABLE = "prosa";
  private static final String QUEUE = "prosa-jobs";

  /// More than ever wait for a 202 at the same time.
  private static final int SENDERS = 256;

  private static final JsonNode FIRST = new JsonMapper().createObjectNode().put("content", "Hi");

  private final InstantSource clock;

  Accept(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public String about() {
    return "40 POSTs a second for 20 s by 20 users, and no worker: times of the 202";
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var load = options.load();
    try (var parts = Lifecycle.create();
        var http = HttpUser.client();
        var senders = Executors.newScheduledThreadPool(SENDERS, Thread.ofVirtual().factory())) {
      var messages = start(parts).resolve("/v1/messages");
      offer(senders, new Talkers(http, messages, load.users()), load.warmUp(), new Samples());
      var accepted = new Samples();
      var talkers = new Talkers(http, messages, load.users());
      var refused = offer(senders, talkers, load, accepted);
      return new Report(
          name(),
          how(load),
          List.of(
              Figure.of("202, p50", accepted.median()),
              Figure.of("202, p95", accepted.percentile(95), LIMIT),
              Figure.of("202, p99", accepted.percentile(99)),
              Figure.ofCount("not accepted", refused, 0)));
    }
  }

  /// The stores of `./prosa up`, on disk, and the HTTP API in front of them.
  private URI start(Lifecycle parts) {
    HttpFront.limitServersOfThisProcess();
    var folder = parts.own("folder", Folder.create());
    var servers =
        parts.own("servers", EmbeddedServers.start(EmbeddedServers.Elsewhere.NONE, folder.path()));
    SqsQueues.createIfMissing(new AwsTarget(REGION, servers.sqs().uri()), QUEUE);
    DynamoDbTable.createIfMissing(new AwsTarget(REGION, servers.dynamoDb().uri()), TABLE);
    var settings =
        ProviderSettings.namesOf(
            Map.of(
                "PROSA_SQS_ENDPOINT", servers.sqs().uri().toString(),
                "PROSA_DYNAMODB_ENDPOINT", servers.dynamoDb().uri().toString(),
                "PROSA_USER_REQUESTS_PER_MINUTE", "1000000",
                "PROSA_USER_JOBS_IN_FLIGHT", "1000000",
                "PROSA_USER_TOKENS_PER_DAY", "1000000000"));
    var redis = parts.own("Redis", RedisPool.open(servers.redis().uri()));
    var ingest = IngestMain.connect(settings, redis, clock, parts);
    var front = parts.own("HTTP API", HttpFront.start(IngestMain.routes(ingest)));
    return URI.create("http://localhost:" + front.port());
  }

  /// Users in turn, each with one conversation.
  private record Talkers(
      HttpClient http, URI messages, int count, Map<String, String> conversations) {

    Talkers(HttpClient http, URI messages, int count) {
      this(http, messages, count, new ConcurrentHashMap<>());
    }

    /// @param dueNanos when it should have been sent: a server that makes the client late gets no
    ///   discount
    Duration send(int number, long dueNanos) throws InterruptedException {
      var user = "bench-" + number % count;
      var known = conversations.get(user);
      var message =
          known == null
              ? FIRST
              : new JsonMapper()
                  .createObjectNode()
                  .put("content", "Hi")
                  .put("conversationId", known);
      var accepted = HttpUser.post(http, messages, "Bearer dev-" + user, message);
      var time = Duration.ofNanos(System.nanoTime() - dueNanos);
      conversations.putIfAbsent(user, accepted.path("conversationId").asText());
      return time;
    }
  }

  /// Offers the load, and returns how many were not accepted.
  private static int offer(
      ScheduledExecutorService senders, Talkers talkers, Options.Load load, Samples accepted)
      throws InterruptedException {
    var refused = 0;
    for (var sent : schedule(senders, talkers, load)) {
      try {
        accepted.add(sent.get());
      } catch (ExecutionException e) {
        refused++;
        LOG.log(System.Logger.Level.DEBUG, "a message was not accepted", e);
      }
    }
    return refused;
  }

  private static List<Future<Duration>> schedule(
      ScheduledExecutorService senders, Talkers talkers, Options.Load load) {
    var begin = System.nanoTime();
    var gapNanos = TimeUnit.SECONDS.toNanos(1) / load.perSecond();
    var offers = new ArrayList<Future<Duration>>();
    for (var i = 0; i < load.jobs(); i++) {
      var number = i;
      var due = begin + i * gapNanos;
      offers.add(
          senders.schedule(
              () -> talkers.send(number, due), due - System.nanoTime(), TimeUnit.NANOSECONDS));
    }
    return offers;
  }

  private static String how(Options.Load load) {
    return """
    %d messages a second for %d s by %d users, each in one conversation of theirs, to the HTTP API \
    on the embedded servers with their data on disk; nobody answers them. Times count from when a \
    message was due. Before that, %d messages that do not count warm the program up.\
    """
        .formatted(load.perSecond(), load.time().toSeconds(), load.users(), load.warmUp().jobs());
  }
}
