package dev.prosa.local.deploy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Spendings;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.PokeSender;
import dev.prosa.core.queue.SqsOutbox;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.ingest.Ingest;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.IngestSettings;
import dev.prosa.ingest.http.Route;
import dev.prosa.local.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// All routes on servers of their own, and a note of what each of them asks of AWS and of Redis.
final class RecordedRoutes implements AutoCloseable {

  /// Enough for a first look at a reply that nobody writes.
  private static final Duration TO_WAIT = Duration.ofMillis(1_500);

  private static final Duration TO_WORK = Duration.ofSeconds(20);
  private static final Set<String> WAITING = Set.of("POST /v1/chat", "POST /api/v1/ask");

  private static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));

  private final Lifecycle parts = Lifecycle.create();
  private final CallRecorder recorder = new CallRecorder();
  private final Map<String, Set<Right>> rights = new HashMap<>();
  private final Set<String> withRedis = new TreeSet<>();
  private final Set<String> paged = new TreeSet<>();
  private final InstantSource clock = InstantSource.system();
  private final RedisPool redis;
  private final TurnDatabase backDoor;
  private final SqsClient sqsClient;
  private final DynamoDbClient dynamoDbClient;

  RecordedRoutes(Path folder) {
    var sqs = parts.own("sqs", EmbeddedServer.elasticMqInMemory(0));
    var dynamoDb = parts.own("dynamodb", EmbeddedServer.dynamoDbInMemory(0));
    var cache = parts.own("redis", EmbeddedServer.redis(0, folder));
    SqsQueues.createIfMissing(target(sqs), "prosa-jobs");
    DynamoDbTable.createIfMissing(target(dynamoDb), "prosa");
    redis = parts.own("pool", RedisPool.open(cache.uri()));
    backDoor =
        TurnDatabase.dynamoDb(
            parts.own("table", DynamoDbTable.open(target(dynamoDb), "prosa", PATIENCE)), clock);
    sqsClient = client(target(sqs), SqsClient.builder());
    dynamoDbClient = client(target(dynamoDb), DynamoDbClient.builder());
  }

  private static AwsTarget target(EmbeddedServer server) {
    return new AwsTarget("us-east-1", server.uri());
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
      C client(AwsTarget target, B builder) {
    var recorded =
        target
            .configure(builder, PATIENCE)
            .overrideConfiguration(c -> c.addExecutionInterceptor(recorder));
    return parts.own("client", recorded.build());
  }

  /// As [IngestMain#connect] has it, with clients that are listened to. Each call is the first one
  /// of its function.
  private Ingest ingest() {
    var table = new DynamoDbTable(dynamoDbClient, "prosa");
    // a message to a conversation has to look what that has
    var configured = ProviderSettings.namesOf(Map.of("PROSA_USER_TOKENS_PER_DAY", "10000"));
    return new Ingest(
        TurnDatabase.dynamoDb(table, clock),
        CallLedger.dynamoDb(table),
        ProviderBoard.redis(redis),
        PokeSender.sqs(SqsOutbox.of(sqsClient, "prosa-jobs")),
        new Ingest.Presence(
            ConnectionRegistry.redis(redis, clock),
            TicketOffice.redis(redis),
            ReplyChannel.redis(redis, clock)),
        new Ingest.Limiting(
            Limits.of(configured), Quotas.redis(redis, Spendings.dynamoDb(table), clock)),
        new Ingest.Operations(this::queues, FiguresBoard.redis(redis), Ingest.Operations::inLog),
        TokenVerifier.of(null, clock),
        IngestSettings.of(configured),
        Clockwork.of(clock));
  }

  /// Both queues, looked up as [SqsQueues#open] does.
  private Ingest.Operations.Queues queues() {
    var jobs = sqsClient.getQueueUrl(r -> r.queueName("prosa-jobs")).queueUrl();
    var letters = sqsClient.getQueueUrl(r -> r.queueName("prosa-jobs-dlq")).queueUrl();
    var queues = new SqsQueues(sqsClient, sqsClient, jobs, letters);
    return new Ingest.Operations.Queues(JobQueue.sqs(queues), DeadLetterQueue.sqs(queues));
  }

  /// The rights that each route needed so far, by method and template.
  Map<String, Set<Right>> rights() {
    return Map.copyOf(rights);
  }

  /// The routes that spoke to Redis so far.
  Set<String> withRedis() {
    return Set.copyOf(withRedis);
  }

  /// The routes of which more than one page was read so far.
  Set<String> paged() {
    return Set.copyOf(paged);
  }

  /// Reads a list to its end, one item a page.
  void pages(String route, String user, String id) {
    var query = new HashMap<>(Map.of("limit", "1"));
    var page = call(route, user, id, query, "");
    while (page.hasNonNull("nextCursor")) {
      paged.add(route);
      query.put("cursor", page.path("nextCursor").asText());
      page = call(route, user, id, query, "");
    }
  }

  /// Calls a route as `dev-<user>`.
  ///
  /// @param route method and template
  /// @param id what stands in its path; empty when there is nothing
  JsonNode call(String route, String user, String id, String body) {
    return call(route, user, id, Map.of(), body);
  }

  private JsonNode call(
      String route, String user, String id, Map<String, String> query, String body) {
    var found =
        IngestMain.routes(ingest()).stream()
            .filter(r -> route.equals(r.method() + " " + r.template()))
            .findFirst()
            .orElseThrow();
    var before = redisCommands();
    var answer =
        found
            .handler()
            .handleRequest(
                event(found, user, id, body).withQueryStringParameters(query), context(route));
    rights.computeIfAbsent(route, _ -> new TreeSet<>()).addAll(recorder.take());
    if (redisCommands() > before + 1) {
      withRedis.add(route);
    }
    if (answer.getStatusCode() >= 400) {
      throw new AssertionError(route + " answers " + answer);
    }
    return json(Objects.requireNonNullElse(answer.getBody(), "{}"));
  }

  private static APIGatewayProxyRequestEvent event(
      Route route, String user, String id, String body) {
    var headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    if (!user.isEmpty()) {
      headers.put("Authorization", "Bearer dev-" + user);
    }
    headers.put("Idempotency-Key", Integer.toString(body.hashCode()));
    var name = route.template().replaceFirst("^[^{]*\\{?", "").replaceFirst("}.*$", "");
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod(route.method())
        .withHeaders(headers)
        .withPathParameters(Map.of(name, id))
        .withBody(body);
  }

  /// A function whose time runs out.
  private static Context context(String route) {
    var end = System.nanoTime() + (WAITING.contains(route) ? TO_WAIT : TO_WORK).toNanos();
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) ->
                method.getName().equals("getRemainingTimeInMillis")
                    ? (int) Duration.ofNanos(end - System.nanoTime()).toMillis()
                    : method.getName());
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text.isEmpty() ? "{}" : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reading the number is a command, too. The pool's own pings, one every 30 s, are none.
  private long redisCommands() {
    var info = redis.call(r -> r.info("everything"));
    return number("total_commands_processed:(\\d+)", info)
        - number("cmdstat_ping:calls=(\\d+)", info);
  }

  /// What a line of the information says; 0 when there is no such line.
  private static long number(String line, String info) {
    return Pattern.compile(line)
        .matcher(info)
        .results()
        .mapToLong(found -> Long.parseLong(Objects.requireNonNull(found.group(1))))
        .sum();
  }

  /// A worker holds the job, unseen by the recorder.
  Turn claimed(String job) {
    var id = Objects.requireNonNull(JobId.parse(job));
    var _ = backDoor.turns().claim(id, new Claim("worker-1", Duration.ofSeconds(30), 4));
    return Objects.requireNonNull(backDoor.turns().find(id));
  }

  /// A worker answers the job.
  void answered(String job) {
    var reply = new Reply("Hello.", "stop", "m-1", "p-1", null);
    var _ = backDoor.turns().finish(claimed(job), new TurnState.Completed(reply));
  }

  /// A worker gives the job up, and a letter says why.
  void givenUp(String job) {
    var turn = claimed(job);
    var _ =
        backDoor
            .turns()
            .finish(turn, new TurnState.Failed(FailureCode.PROVIDER_UNAVAILABLE, "p-1"));
    var letter =
        new DeadLetter(new Poke(turn.job(), null).toBody(), "provider_unavailable", 4, "p-1", null);
    queues().jobs().deadLetter(letter);
    recorder.take();
  }

  /// Redis has forgotten everything.
  void forget() {
    var _ = redis.call(r -> r.flushAll());
  }

  @Override
  public void close() {
    parts.close();
  }
}
