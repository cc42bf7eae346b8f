package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.provider.ProviderBoard;
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
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The handlers on doubles, as API Gateway would call them. The caller is the user `ann`.
final class Api {

  static final OwnerId ANN = new OwnerId("ann");
  static final OwnerId BOB = new OwnerId("bob");

  final ManualTime time = new ManualTime();
  final TurnDatabase database = TurnDatabase.inMemory(time);
  final CallLedger calls = CallLedger.inMemory();
  final InMemoryJobQueue queue = JobQueue.inMemory(time, Duration.ofSeconds(30));
  final ProviderBoard providers = ProviderBoard.inMemory(time);
  final ConnectionRegistry connections = ConnectionRegistry.inMemory(time);
  final TicketOffice tickets = TicketOffice.inMemory(time);
  final ReplyChannel channel = ReplyChannel.inMemory();

  private final Map<String, String> headers = new HashMap<>();
  private Ingest ingest =
      new Ingest(
          database,
          calls,
          providers,
          queue,
          new Ingest.Presence(connections, tickets, channel),
          TokenVerifier.development(time),
          new IngestSettings(
              Duration.ofMinutes(10),
              null,
              8081,
              new IngestSettings.Model("host", "m-1", true),
              List.of("m-1", "m-2")),
          time);

  Api() {
    headers.put("Content-Type", "application/json");
    headers.put("Authorization", "Bearer dev-ann");
  }

  Ingest ingest() {
    return ingest;
  }

  Api with(TurnDatabase other) {
    ingest =
        new Ingest(
            other,
            ingest.calls(),
            ingest.providers(),
            ingest.queue(),
            ingest.presence(),
            ingest.verifier(),
            ingest.settings(),
            ingest.clock());
    return this;
  }

  Api with(CallLedger other) {
    ingest =
        new Ingest(
            ingest.database(),
            other,
            ingest.providers(),
            ingest.queue(),
            ingest.presence(),
            ingest.verifier(),
            ingest.settings(),
            ingest.clock());
    return this;
  }

  Api with(JobQueue other) {
    ingest =
        new Ingest(
            ingest.database(),
            ingest.calls(),
            ingest.providers(),
            other,
            ingest.presence(),
            ingest.verifier(),
            ingest.settings(),
            ingest.clock());
    return this;
  }

  Api with(Ingest.Presence other) {
    ingest =
        new Ingest(
            ingest.database(),
            ingest.calls(),
            ingest.providers(),
            ingest.queue(),
            other,
            ingest.verifier(),
            ingest.settings(),
            ingest.clock());
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

  Api as(OwnerId owner) {
    return header("Authorization", "Bearer dev-" + owner);
  }

  Said post(String body) {
    return call(new PostMessageHandler(ingest), Map.of(), Map.of(), body);
  }

  Said say(String content) {
    return post("{\"content\":\"" + content + "\"}");
  }

  Said say(String content, String conversation) {
    return post("{\"content\":\"%s\",\"conversationId\":\"%s\"}".formatted(content, conversation));
  }

  Said postShort(String body) {
    return call(new PostShortMessageHandler(ingest), Map.of(), Map.of(), body);
  }

  Said chatShort(String body) {
    return call(new PostShortChatHandler(ingest), Map.of(), Map.of(), body);
  }

  Said chat(String body) {
    return call(new PostChatHandler(ingest), Map.of(), Map.of(), body);
  }

  Said ask(String body) {
    return call(new PostAskHandler(ingest), Map.of(), Map.of(), body);
  }

  Said logs(OwnerId user, Map<String, String> query) {
    return call(new ListChatLogsHandler(ingest), Map.of("user_id", user.value()), query, "");
  }

  Said job(String id) {
    return call(new GetJobHandler(ingest), Map.of("jobId", id), Map.of(), "");
  }

  Said cancel(String id) {
    return call(new CancelJobHandler(ingest), Map.of("jobId", id), Map.of(), "");
  }

  Said conversations(Map<String, String> query) {
    return call(new ListConversationsHandler(ingest), Map.of(), query, "");
  }

  Said conversation(String id) {
    return call(new GetConversationHandler(ingest), Map.of("conversationId", id), Map.of(), "");
  }

  Said messages(String conversation, Map<String, String> query) {
    return call(new ListMessagesHandler(ingest), Map.of("conversationId", conversation), query, "");
  }

  Said ticket() {
    return call(new PostTicketHandler(ingest), Map.of(), Map.of(), "");
  }

  Said logout() {
    return call(new PostLogoutHandler(ingest), Map.of(), Map.of(), "");
  }

  Said health() {
    return call(new GetHealthHandler(ingest), Map.of(), Map.of(), "");
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
    return new Said(handler.handleRequest(event, context(remaining)));
  }

  private static Context context(Duration remaining) {
    InvocationHandler answers =
        (_, method, _) -> {
          assertThat(method.getName()).isEqualTo("getRemainingTimeInMillis");
          return (int) remaining.toMillis();
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

  /// Whether nothing was stored or sent.
  boolean isUntouched() {
    return queue.size() == 0
        && database.conversations().list(ANN, null, 100).items().isEmpty()
        && database.conversations().list(BOB, null, 100).items().isEmpty();
  }
}
