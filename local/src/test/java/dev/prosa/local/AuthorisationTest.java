package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Conversation;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.ingest.Ingest;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.IngestSettings;
import dev.prosa.ingest.http.HttpFront;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may do what: every route, asked about the things of `acme/ann` by everybody there is.
class AuthorisationTest {

  private static final Tenants TENANTS = new Tenants();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final OwnerId ANN = new OwnerId("acme/ann");
  private static final String SECRET = "the words of ann";

  private final InstantSource clock = InstantSource.system();
  private final TurnDatabase database = TurnDatabase.inMemory(clock);
  private final CallLedger calls = CallLedger.inMemory();
  private final InMemoryJobQueue queue = JobQueue.inMemory(clock, Duration.ofSeconds(30));
  private final Ingest ingest =
      new Ingest(
          database,
          calls,
          ProviderBoard.inMemory(clock),
          queue,
          new Ingest.Presence(
              ConnectionRegistry.inMemory(clock),
              TicketOffice.inMemory(clock),
              ReplyChannel.inMemory()),
          new Ingest.Limiting(Limits.NONE, Quotas.inMemory(clock)),
          new Ingest.Operations(
              () -> new Ingest.Operations.Queues(queue, queue.deadLetterQueue()),
              FiguresBoard.inMemory(clock),
              Ingest.Operations::inLog),
          TENANTS.verifier(),
          new IngestSettings(
              Duration.ofMinutes(10),
              null,
              8081,
              new IngestSettings.Model("host", "m-1", false),
              List.of("m-1"),
              List.of()),
          Clockwork.of(clock));
  private final HttpFront front = HttpFront.start(IngestMain.routes(ingest));
  private final Turn answered = answered();
  private final Turn open = accepted(answered.job().conversation());

  enum Who {
    OWNER("acme", "ann", false),
    OTHER_USER("acme", "bob", false),
    SAME_NAME_ELSEWHERE("evil", "ann", false),
    ADMIN("acme", "root", true),
    ADMIN_ELSEWHERE("evil", "root", true),
    ADMIN_OF_A_LONGER_NAME("acm", "e/ann", true),
    OPERATOR("ops", "olga", JwtSettings.Roles.DEFAULT.operator()),
    NOBODY(null, "", false);

    private final @Nullable String token;

    Who(@Nullable String tenant, String user, boolean admin) {
      token = tenant == null ? null : TENANTS.token(tenant, user, admin);
    }

    Who(String tenant, String user, String role) {
      token = TENANTS.token(tenant, user, role);
    }

    boolean isAdmin() {
      return this == ADMIN || this == ADMIN_ELSEWHERE || this == ADMIN_OF_A_LONGER_NAME;
    }
  }

  /// Who may reach what a route is about.
  enum Reach {
    /// What is named belongs to ann, and to nobody else.
    OWNED,
    /// A user is named, whom admins of the tenant reach, too.
    USER,
    /// Only admins; each sees their own tenant.
    ADMINS,
    /// Only operators, who see every tenant.
    OPERATORS,
    /// It is about the caller, whoever that is.
    SELF,
    /// It is about nobody.
    ANYBODY
  }

  record Call(String method, String template, Reach reach, @Nullable String body) {

    Call(String method, String template, Reach reach) {
      this(method, template, reach, null);
    }

    @Override
    public String toString() {
      return method + " " + template + (body == null ? "" : " " + body);
    }

    int expected(Who who) {
      if (who == Who.NOBODY && reach != Reach.ANYBODY) {
        return 401;
      }
      return switch (reach) {
        case OWNED -> who == Who.OWNER ? 200 : 404;
        case USER -> who == Who.OWNER || who == Who.ADMIN ? 200 : 404;
        case ADMINS -> who.isAdmin() ? 200 : 403;
        case OPERATORS -> who == Who.OPERATOR ? 200 : 403;
        case SELF, ANYBODY -> 200;
      };
    }
  }

  private static final List<Call> CALLS =
      List.of(
          new Call("POST", "/v1/messages", Reach.OWNED, "{'content':'Hi','conversationId':'C'}"),
          new Call("POST", "/v1/messages", Reach.SELF, "{'content':'Hi','owner':'acme/ann'}"),
          new Call("POST", "/message", Reach.OWNED, "{'content':'Hi','conversationId':'C'}"),
          new Call("POST", "/chat", Reach.OWNED, "{'message':'Hi','conversationId':'C'}"),
          new Call("GET", "/v1/chat/logs", Reach.ADMINS),
          new Call("GET", "/v1/chat/{user_id}/logs", Reach.USER),
          new Call("GET", "/v1/jobs/{jobId}", Reach.OWNED),
          new Call("POST", "/v1/jobs/{jobId}/cancel", Reach.OWNED, ""),
          new Call("GET", "/v1/conversations", Reach.SELF),
          new Call("GET", "/v1/conversations/{conversationId}", Reach.OWNED),
          new Call("GET", "/v1/conversations/{conversationId}/messages", Reach.OWNED),
          new Call("GET", "/v1/conversations/{conversationId}/export", Reach.OWNED),
          new Call("PATCH", "/v1/conversations/{conversationId}", Reach.OWNED, "{'title':'Mine'}"),
          new Call("DELETE", "/v1/conversations/{conversationId}", Reach.OWNED),
          new Call("GET", "/v1/users/{user_id}/export", Reach.USER),
          new Call("DELETE", "/v1/users/{user_id}", Reach.USER),
          new Call("POST", "/v1/tickets", Reach.SELF, ""),
          new Call("POST", "/v1/logout", Reach.SELF, ""),
          new Call("GET", "/v1/health", Reach.ANYBODY),
          new Call("GET", "/health", Reach.ANYBODY),
          new Call("GET", "/v1/ops", Reach.OPERATORS),
          new Call("GET", "/v1/ops/letters", Reach.OPERATORS),
          new Call("POST", "/v1/ops/letters/redrive", Reach.OPERATORS, "{}"),
          new Call("GET", "/v1/ops/letters/{letterId}", Reach.OPERATORS),
          new Call("GET", "/v1/ops/letters/{letterId}?prompt=true", Reach.OPERATORS),
          new Call("POST", "/v1/ops/letters/{letterId}/redrive", Reach.OPERATORS, ""),
          new Call("DELETE", "/v1/ops/letters/{letterId}", Reach.OPERATORS));

  /// These wait for a reply, which nobody writes here; they only begin conversations of the caller.
  private static final Set<String> WAITING = Set.of("POST /v1/chat", "POST /api/v1/ask");

  static Stream<Arguments> matrix() {
    return CALLS.stream()
        .flatMap(call -> Arrays.stream(Who.values()).map(who -> Arguments.of(call, who)));
  }

  private Turn accepted(@Nullable ConversationId conversation) {
    var request = new NewTurn(ANN, conversation, SECRET, null, Duration.ofMinutes(10), null, null);
    return ((AcceptOutcome.Accepted) database.turns().accept(request)).turn();
  }

  private Turn answered() {
    var turn = accepted(null);
    var reply = new Reply("Re: " + SECRET, "stop", "m-1", "p-1", null);
    var _ = database.turns().finish(turn, new TurnState.Completed(reply));
    return turn;
  }

  private DeadLetter letter() {
    var poke = new Poke(answered.job(), null);
    return new DeadLetter(poke.toBody(), "provider_timeout", 4, "p-1", null);
  }

  @AfterEach
  void stop() {
    front.close();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    TENANTS.close();
  }

  private HttpResponse<String> send(Call call, Who who) throws IOException, InterruptedException {
    var path =
        call.template()
            .replace("{user_id}", "acme%2Fann")
            .replace("{jobId}", open.job().value())
            .replace("{letterId}", answered.job().value())
            .replace("{conversationId}", open.job().conversation().value());
    var body = call.body() == null ? "" : call.body().replace('\'', '"');
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(
                call.method(),
                HttpRequest.BodyPublishers.ofString(
                    body.replace("\"C\"", "\"" + open.job().conversation() + "\"")));
    if (who.token != null) {
      request.header("Authorization", "Bearer " + who.token);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Everything that ann has.
  private record Belongings(List<Conversation> conversations, List<Turn> turns) {}

  private Belongings belongings() {
    return new Belongings(
        database.conversations().list(ANN, null, 100).items(),
        database.conversations().scan(ANN.value(), null, 100).turns());
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("matrix")
  void whoever_may_not_gets_nothing_and_changes_nothing(Call call, Who who)
      throws IOException, InterruptedException {
    queue.deadLetter(letter());
    var before = belongings();

    var response = send(call, who);

    var status = response.statusCode();
    assertThat(status >= 200 && status < 300 ? 200 : status).isEqualTo(call.expected(who));
    var reaches =
        who == Who.OWNER
            || (who == Who.ADMIN && Set.of(Reach.USER, Reach.ADMINS).contains(call.reach()))
            || (who == Who.OPERATOR && call.reach() == Reach.OPERATORS);
    if (!reaches || status >= 400) {
      assertThat(response.body()).doesNotContain(SECRET);
      assertThat(belongings()).isEqualTo(before);
      assertThat(queue.deadLetters()).hasSize(1);
    }
  }

  @Test
  void the_matrix_has_every_route() {
    var asked =
        CALLS.stream()
            .map(call -> call.method() + " " + call.template().replaceFirst("\\?.*", ""))
            .collect(Collectors.toSet());
    asked.addAll(WAITING);

    assertThat(asked)
        .isEqualTo(
            IngestMain.routes(ingest).stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toSet()));
  }

  @Test
  void logs_are_no_user() throws IOException, InterruptedException {
    var said = send(new Call("GET", "/v1/chat/logs", Reach.ADMINS), Who.ADMIN);

    assertThat(said.body()).contains(SECRET);
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void nobody_without_a_token_asks_anything(String path) throws IOException, InterruptedException {
    assertThat(send(new Call("POST", path, Reach.SELF, "{}"), Who.NOBODY).statusCode())
        .isEqualTo(401);
  }

  static Stream<String> waiting() {
    return WAITING.stream().map(route -> route.substring("POST ".length()));
  }
}
