package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.ingest.http.PageAccess;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The handlers on doubles, as API Gateway would call them. The caller is the user `ann`. Every
/// answer is held against `docs/openapi.yaml`.
final class Api {

  static final OwnerId ANN = new OwnerId("ann");
  static final OwnerId BOB = new OwnerId("bob");

  /// The origin of a page that may call.
  static final String PAGE = "https://chat.example.com";

  final ManualTime time = new ManualTime();
  final TurnDatabase database = TurnDatabase.inMemory(time);
  final CallLedger calls = CallLedger.inMemory();
  final InMemoryJobQueue queue = JobQueue.inMemory(time, Duration.ofSeconds(30));
  final ProviderBoard providers = ProviderBoard.inMemory(time);
  final ConnectionRegistry connections = ConnectionRegistry.inMemory(time);
  final TicketOffice tickets = TicketOffice.inMemory(time);
  final ReplyChannel channel = ReplyChannel.inMemory();
  final Quotas quotas = Quotas.inMemory(time);

  final FiguresBoard figures = FiguresBoard.inMemory(time);
  final List<String> audit = new ArrayList<>();

  private final Map<String, String> headers = new HashMap<>();

  // what the handlers get, which may be a broken one
  private TurnDatabase givenDatabase = database;
  private CallLedger givenCalls = calls;
  private JobQueue givenQueue = queue;
  private Ingest.Presence givenPresence = new Ingest.Presence(connections, tickets, channel);
  private DeadLetterQueue givenLetters = queue.deadLetterQueue();
  private FiguresBoard givenFigures = figures;
  private Limits givenLimits = Limits.NONE;
  private IngestSettings givenSettings = settings("brief", "pirate");

  Api() {
    headers.put("Content-Type", "application/json");
    headers.put("Authorization", "Bearer dev-ann");
  }

  private static IngestSettings settings(String... prompts) {
    return new IngestSettings(
        Duration.ofMinutes(10),
        null,
        8081,
        new IngestSettings.Model("host", "m-1", true),
        List.of("m-1", "m-2"),
        List.of(prompts),
        new PageAccess(Set.of(PAGE)));
  }

  Ingest ingest() {
    return new Ingest(
        givenDatabase,
        givenCalls,
        providers,
        givenQueue,
        givenPresence,
        new Ingest.Limiting(givenLimits, quotas),
        new Ingest.Operations(
            () -> new Ingest.Operations.Queues(givenQueue, givenLetters),
            givenFigures,
            who -> entry -> audit.add(who + " " + entry.action() + " " + entry.outcome())),
        TokenVerifier.development(time),
        givenSettings,
        time);
  }

  Api with(TurnDatabase other) {
    givenDatabase = other;
    return this;
  }

  Api with(CallLedger other) {
    givenCalls = other;
    return this;
  }

  Api with(JobQueue other) {
    givenQueue = other;
    return this;
  }

  Api with(Ingest.Presence other) {
    givenPresence = other;
    return this;
  }

  Api with(DeadLetterQueue other) {
    givenLetters = other;
    return this;
  }

  Api with(FiguresBoard other) {
    givenFigures = other;
    return this;
  }

  Api with(Limits other) {
    givenLimits = other;
    return this;
  }

  Api withoutPrompts() {
    givenSettings = settings();
    return this;
  }

  Api header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Api without(String name) {
    headers.remove(name);
    return this;
  }

  /// The user `local`, who has every role in development mode.
  Api asAdmin() {
    return without("Authorization");
  }

  Api as(OwnerId owner) {
    return header("Authorization", "Bearer dev-" + owner);
  }

  Said post(String body) {
    return call(new PostMessageHandler(ingest()), Map.of(), Map.of(), body);
  }

  Said say(String content) {
    return post("{\"content\":\"" + content + "\"}");
  }

  Said say(String content, String conversation) {
    return post("{\"content\":\"%s\",\"conversationId\":\"%s\"}".formatted(content, conversation));
  }

  Said postShort(String body) {
    return call(new PostShortMessageHandler(ingest()), Map.of(), Map.of(), body);
  }

  Said chatShort(String body) {
    return call(new PostShortChatHandler(ingest()), Map.of(), Map.of(), body);
  }

  Said chat(String body) {
    return call(new PostChatHandler(ingest()), Map.of(), Map.of(), body);
  }

  Said ask(String body) {
    return call(new PostAskHandler(ingest()), Map.of(), Map.of(), body);
  }

  Said logs(OwnerId user, Map<String, String> query) {
    return call(new ListChatLogsHandler(ingest()), Map.of("user_id", user.value()), query, "");
  }

  Said job(String id) {
    return call(new GetJobHandler(ingest()), Map.of("jobId", id), Map.of(), "");
  }

  Said cancel(String id) {
    return call(new CancelJobHandler(ingest()), Map.of("jobId", id), Map.of(), "");
  }

  Said conversations(Map<String, String> query) {
    return call(new ListConversationsHandler(ingest()), Map.of(), query, "");
  }

  Said conversation(String id) {
    return call(new GetConversationHandler(ingest()), Map.of("conversationId", id), Map.of(), "");
  }

  Said messages(String conversation, Map<String, String> query) {
    return call(
        new ListMessagesHandler(ingest()), Map.of("conversationId", conversation), query, "");
  }

  Said allLogs(Map<String, String> query) {
    return call(new ListAllChatLogsHandler(ingest()), Map.of(), query, "");
  }

  Said rename(String conversation, String body) {
    var path = Map.of("conversationId", conversation);
    return call(new RenameConversationHandler(ingest()), path, Map.of(), body);
  }

  Said delete(String conversation) {
    var path = Map.of("conversationId", conversation);
    return call(new DeleteConversationHandler(ingest()), path, Map.of(), "");
  }

  Said export(String conversation, Map<String, String> query) {
    return call(
        new ExportConversationHandler(ingest()), Map.of("conversationId", conversation), query, "");
  }

  Said exportUser(String user, Map<String, String> query) {
    return call(new ExportUserHandler(ingest()), Map.of("user_id", user), query, "");
  }

  Said deleteUser(String user) {
    return call(new DeleteUserHandler(ingest()), Map.of("user_id", user), Map.of(), "");
  }

  Said ticket() {
    return call(new PostTicketHandler(ingest()), Map.of(), Map.of(), "");
  }

  Said logout() {
    return call(new PostLogoutHandler(ingest()), Map.of(), Map.of(), "");
  }

  Said health() {
    return call(new GetHealthHandler(ingest()), Map.of(), Map.of(), "");
  }

  Said ops() {
    return call(new GetOpsHandler(ingest()), Map.of(), Map.of(), "");
  }

  Said letters(Map<String, String> query) {
    return call(new ListLettersHandler(ingest()), Map.of(), query, "");
  }

  Said letter(String id, Map<String, String> query) {
    return call(new GetLetterHandler(ingest()), Map.of("letterId", id), query, "");
  }

  Said redrive(String id) {
    return call(new RedriveLetterHandler(ingest()), Map.of("letterId", id), Map.of(), "");
  }

  Said redriveAll(String body) {
    return call(new RedriveLettersHandler(ingest()), Map.of(), Map.of(), body);
  }

  Said discard(String id) {
    return call(new DiscardLetterHandler(ingest()), Map.of("letterId", id), Map.of(), "");
  }

  private Said call(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler,
      Map<String, String> path,
      Map<String, String> query,
      String body) {
    return call(handler, event(path, query, body));
  }

  /// An event with the caller's headers.
  APIGatewayProxyRequestEvent event(
      Map<String, String> path, Map<String, String> query, String body) {
    return new APIGatewayProxyRequestEvent()
        .withHeaders(headers)
        .withPathParameters(path)
        .withQueryStringParameters(query)
        .withBody(body);
  }

  static Said call(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler,
      APIGatewayProxyRequestEvent event) {
    return call(handler, event, Duration.ofMinutes(1));
  }

  /// @param remaining how much time the Lambda has left, all the while
  static Said call(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler,
      APIGatewayProxyRequestEvent event,
      Duration remaining) {
    var response = handler.handleRequest(event, context(remaining));
    Documented.require(handler, event, response);
    return new Said(response);
  }

  /// What is told to a browser that asks what a page may ask for.
  ///
  /// @param template as in [dev.prosa.ingest.http.Route]
  Said preflight(String template) {
    var event = event(Map.of(), Map.of(), "").withResource(template);
    var handler = new PreflightHandler(ingest());
    return new Said(handler.handleRequest(event, context(Duration.ofSeconds(10))));
  }

  private static Context context(Duration remaining) {
    InvocationHandler answers =
        (_, method, _) ->
            switch (method.getName()) {
              case "getRemainingTimeInMillis" -> (int) remaining.toMillis();
              case "getAwsRequestId" -> "request-1";
              default -> throw new AssertionError("no handler needs " + method);
            };
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, answers);
  }

  /// A turn that a worker holds.
  Turn claimed(String job) {
    var id = Objects.requireNonNull(JobId.parse(job));
    var claim = new Claim("worker-1", Duration.ofSeconds(30), 4);
    return ((ClaimOutcome.Claimed) database.turns().claim(id, claim)).turn();
  }

  void end(String job, TurnState.Final end) {
    var _ = database.turns().finish(claimed(job), end);
  }

  /// Ends the job that is poked next, as soon as a request waits for it.
  void endWhenAwaited(TurnState.Final end) {
    time.whenSomebodyWaits(() -> end(pokes().getFirst(), end));
  }

  /// The jobs that were poked, oldest first; each once.
  List<String> pokes() {
    return queue.receive(JobQueue.MAX_RECEIVE, Duration.ZERO).stream()
        .map(m -> Objects.requireNonNull(Poke.parse(m.body())).job().value())
        .toList();
  }

  /// The traces of the pokes that were sent, oldest first.
  List<String> pokedTraces() {
    return queue.receive(JobQueue.MAX_RECEIVE, Duration.ZERO).stream()
        .map(m -> String.valueOf(Objects.requireNonNull(Poke.parse(m.body())).traceId()))
        .toList();
  }

  /// Whether nothing was stored or sent.
  boolean isUntouched() {
    return queue.size() == 0
        && database.conversations().list(ANN, null, 100).items().isEmpty()
        && database.conversations().list(BOB, null, 100).items().isEmpty();
  }
}
