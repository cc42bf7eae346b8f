package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PostMessageHandlerTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACE = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

  private final Api api = new Api();

  private ConnectionId connect(OwnerId owner) {
    var connection = new Connection(ConnectionId.create(), owner);
    api.connections.assertOpen(GatewayId.create(), List.of(connection));
    return connection.id();
  }

  private Turn turn(Said said) {
    var job = Objects.requireNonNull(JobId.parse(said.text("jobId")));
    return Objects.requireNonNull(api.database.turns().find(job));
  }

  @Test
  void answers_202_with_the_job_and_where_to_ask_for_it() {
    var said = api.say("Hi");

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.fields())
        .containsExactly("jobId", "conversationId", "status", "delivery", "createdAt", "traceId");
    assertThat(said.text("status")).isEqualTo("accepted");
    assertThat(said.text("createdAt")).isEqualTo(ManualTime.BEGIN.toString());
    assertThat(said.header("Location")).isEqualTo("/v1/jobs/" + said.text("jobId"));
    assertThat(said.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void says_at_once_that_a_message_waits_while_no_provider_takes_calls() {
    var retryAt = api.time.instant().plusSeconds(5);
    api.providers.post("w", List.of(new ProviderStatus("p-1", "m-1", State.OPEN, retryAt)));
    var frames = new ArrayList<String>();
    try (var _ = api.channel.subscribe(GatewayId.create(), (_, frame, _) -> frames.add(frame))) {
      var said = api.say("Hi");

      assertThat(said.status()).isEqualTo(202);
      assertThat(said.text("status")).isEqualTo("waiting");
      assertThat(said.text("retryAt")).isEqualTo(retryAt.toString());
      assertThat(frames)
          .singleElement()
          .asString()
          .contains("job.waiting", said.text("jobId"), "providers_down", retryAt.toString());
      assertThat(api.pokes()).hasSize(1);
    }
  }

  @Test
  void stores_the_turn_and_pokes_a_worker() {
    var said = api.header("traceparent", TRACE).say("Grüße 👋");

    var job = Objects.requireNonNull(JobId.parse(said.text("jobId")));
    var turn = Objects.requireNonNull(api.database.turns().find(job));
    assertThat(turn.prompt()).isEqualTo("Grüße 👋");
    assertThat(turn.owner()).isEqualTo(Api.ANN);
    assertThat(turn.traceparent()).isNotEqualTo(TRACE).startsWith("00-" + TRACE_ID + "-");
    assertThat(said.text("traceId")).isEqualTo(TRACE_ID);
    assertThat(turn.clock().deadline()).isEqualTo(ManualTime.BEGIN.plus(Duration.ofMinutes(10)));
    assertThat(api.pokes()).containsExactly(job.value());
  }

  @Test
  void stores_the_model_that_was_asked_for() {
    var asked = api.post("{\"content\":\"Hi\",\"model\":\"m-2\"}");
    var silent = api.post("{\"content\":\"Hi\",\"model\":null}");

    assertThat(turn(asked).model()).isEqualTo("m-2");
    assertThat(turn(silent).model()).isNull();
  }

  @Test
  void stores_the_prompt_that_was_asked_for() {
    var asked = api.post("{\"content\":\"Hi\",\"prompt\":\"pirate\"}");
    var silent = api.post("{\"content\":\"Hi\",\"prompt\":null}");

    assertThat(turn(asked).promptName()).isEqualTo("pirate");
    assertThat(turn(asked).prompt()).isEqualTo("Hi");
    assertThat(turn(silent).promptName()).isNull();
  }

  @Test
  void begins_a_trace_when_the_caller_names_none_that_is_valid() {
    var silent = api.say("Hi");
    var wrong = api.header("traceparent", "00-zz").say("Hi");

    assertThat(turn(silent).traceId()).isNotNull().isEqualTo(silent.text("traceId"));
    assertThat(turn(wrong).traceId()).isNotNull().isNotEqualTo(silent.text("traceId"));
  }

  @Test
  void a_repeated_message_stays_in_the_trace_of_the_first() {
    var first = api.header("Idempotency-Key", "k-1").header("traceparent", TRACE).say("Hi");
    var again = api.without("traceparent").say("Hi");

    assertThat(again.text("traceId")).isEqualTo(first.text("traceId")).isEqualTo(TRACE_ID);
    assertThat(api.pokedTraces()).containsOnly(TRACE_ID).hasSize(2);
  }

  @Test
  void a_refusal_says_the_trace_of_its_request() {
    api.header("traceparent", TRACE);

    var empty = api.post("{}");
    var unknown = api.header("Authorization", "Basic x").say("Hi");

    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text("traceId")).isEqualTo(TRACE_ID);
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.text("traceId")).isEqualTo(TRACE_ID);
  }

  @Test
  void appends_to_a_conversation() {
    var conversation = api.say("Hi").text("conversationId");

    var second = api.say("And?", conversation);

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.text("conversationId")).isEqualTo(conversation);
    assertThat(second.text("jobId")).endsWith("_2");
  }

  @Test
  void says_that_the_reply_is_pushed_when_the_owner_is_connected() {
    var connection = connect(Api.ANN);

    var said = api.post("{\"content\":\"Hi\",\"connectionId\":\"%s\"}".formatted(connection));

    assertThat(said.text("delivery")).isEqualTo("push");
  }

  @Test
  void says_that_the_reply_must_be_polled_when_the_owner_is_not_connected() {
    connect(Api.BOB);

    assertThat(api.say("Hi").text("delivery")).isEqualTo("poll");
  }

  @Test
  void accepts_a_message_of_a_tab_that_was_closed_meanwhile() {
    var said =
        api.post("{\"content\":\"Hi\",\"connectionId\":\"%s\"}".formatted(ConnectionId.create()));

    assertThat(said.status()).isEqualTo(202);
  }

  @Test
  void refuses_the_connection_of_somebody_else_as_if_it_were_not_there() {
    var connection = connect(Api.BOB);

    var said = api.post("{\"content\":\"Hi\",\"connectionId\":\"%s\"}".formatted(connection));

    said.isProblem(ProblemCode.NOT_FOUND, "connectionId");
    assertThat(api.isUntouched()).isTrue();
  }

  @Test
  void refuses_the_conversation_of_somebody_else_as_if_it_were_not_there() {
    var conversation = api.as(Api.BOB).say("Hi").text("conversationId");
    var poked = api.queue.size();

    var said = api.as(Api.ANN).say("Hi", conversation);

    said.isProblem(ProblemCode.NOT_FOUND, "conversationId");
    assertThat(api.queue.size()).isEqualTo(poked);
    assertThat(api.conversations(Map.of()).json().path("conversations")).isEmpty();
  }

  @Test
  void answers_a_repeated_request_with_the_same_job() {
    var first = api.header("Idempotency-Key", "key-1").say("Hi");

    var again = api.say("Hi");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(api.conversations(Map.of()).json().path("conversations")).hasSize(1);
  }

  @Test
  void does_not_poke_for_a_repeated_request_whose_job_is_final() {
    var first = api.header("Idempotency-Key", "key-1").say("Hi");
    api.end(first.text("jobId"), new TurnState.Cancelled(""));
    api.pokes();

    api.say("Hi");

    assertThat(api.pokes()).isEmpty();
  }

  @Test
  void refuses_a_key_that_was_used_for_another_body() {
    api.header("Idempotency-Key", "key-1").say("Hi");

    var said = api.say("Hello");

    said.isProblem(ProblemCode.IDEMPOTENCY_CONFLICT, "Idempotency-Key");
    assertThat(api.queue.size()).isEqualTo(1);
  }

  @Test
  void refuses_a_key_that_was_used_with_another_prompt() {
    var pirate = "{\"content\":\"Hi\",\"prompt\":\"pirate\"}";
    var first = api.header("Idempotency-Key", "key-1").post(pirate);

    assertThat(api.post(pirate).json()).isEqualTo(first.json());
    api.post(pirate.replace("pirate", "brief"))
        .isProblem(ProblemCode.IDEMPOTENCY_CONFLICT, "Idempotency-Key");
    api.say("Hi").isProblem(ProblemCode.IDEMPOTENCY_CONFLICT, "Idempotency-Key");
  }

  @Test
  void says_502_when_the_queue_is_down_and_pokes_when_the_request_is_repeated() {
    api.header("Idempotency-Key", "key-1");

    api.with(Broken.queue()).say("Hi").isProblem(ProblemCode.QUEUE_REFUSED);
    var again = api.with(api.queue).say("Hi");

    assertThat(again.status()).isEqualTo(202);
    assertThat(api.pokes()).containsExactly(again.text("jobId"));
    assertThat(api.conversations(Map.of()).json().path("conversations")).hasSize(1);
  }

  @Test
  void says_503_when_the_store_is_down() {
    var said = api.with(Broken.database()).say("Hi");

    said.isProblem(ProblemCode.STORE_UNAVAILABLE);
    assertThat(api.isUntouched()).isTrue();
  }

  @Test
  void accepts_a_message_when_redis_is_down() {
    var said =
        api.with(Broken.presence())
            .post("{\"content\":\"Hi\",\"connectionId\":\"%s\"}".formatted(ConnectionId.create()));

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.text("delivery")).isEqualTo("poll");
    assertThat(api.pokes()).containsExactly(said.text("jobId"));
  }

  @Test
  void tells_nothing_of_a_defect() {
    var said = api.with(Broken.defectiveDatabase()).say("Hi");

    said.isProblem(ProblemCode.INTERNAL_ERROR);
  }
}
