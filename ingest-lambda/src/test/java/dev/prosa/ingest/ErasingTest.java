package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.turn.Erasures;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErasingTest {

  private final Api api = new Api();

  private static JobId job(String id) {
    return Objects.requireNonNull(JobId.parse(id));
  }

  private String exchange() {
    var said = api.say("Hi");
    api.end(
        said.text("jobId"), new TurnState.Completed(new Reply("Hello.", "stop", "m", "p", null)));
    return said.text("conversationId");
  }

  private Api with(Erasures erasures) {
    var whole = api.database;
    return api.with(new TurnDatabase(whole.turns(), whole.conversations(), whole.open(), erasures));
  }

  @Test
  void an_erased_conversation_is_as_unknown_as_one_that_never_was() {
    var accepted = api.say("Hi");
    var conversation = accepted.text("conversationId");

    var said = api.delete(conversation);

    assertThat(said.status()).isEqualTo(204);
    assertThat(said.event().getBody()).isNull();
    api.conversation(conversation).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.messages(conversation, Map.of()).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.export(conversation, Map.of()).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.rename(conversation, "{\"title\":\"x\"}")
        .isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.say("And?", conversation).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.job(accepted.text("jobId")).isProblem(ProblemCode.NOT_FOUND, "jobId");
    api.cancel(accepted.text("jobId")).isProblem(ProblemCode.NOT_FOUND, "jobId");
    api.delete(conversation).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    assertThat(api.conversations(Map.of()).texts("conversations", "id")).isEmpty();
  }

  @Test
  void the_calls_go_with_it() {
    var accepted = api.say("Hi");
    var call = Calls.answered(job(accepted.text("jobId")));
    api.calls.record(List.of(call));

    api.delete(accepted.text("conversationId"));

    assertThat(api.calls.ofConversation(call.id().job().conversation())).isEqualTo(CallTotals.NONE);
  }

  @Test
  void whoever_answers_is_told_to_stop_and_whoever_looks_is_told_that_it_did() {
    var accepted = api.say("Hi");
    api.claimed(accepted.text("jobId"));
    var stops = new ArrayList<JobId>();
    var frames = new ArrayList<String>();
    try (var _ = api.channel.onStop(stops::add);
        var _ = api.channel.subscribe(GatewayId.create(), (_, frame, _) -> frames.add(frame))) {
      api.delete(accepted.text("conversationId"));
    }

    assertThat(stops).extracting(JobId::value).containsExactly(accepted.text("jobId"));
    assertThat(frames)
        .singleElement()
        .asString()
        .contains("\"type\":\"job.cancelled\"", "\"content\":\"\"", accepted.text("jobId"));
  }

  @Test
  void an_erasure_does_not_need_redis() {
    var conversation = api.say("Hi").text("conversationId");

    assertThat(api.with(Broken.presence()).delete(conversation).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"content\":\"Hi\"}", "{\"content\":\"Hi\",\"conversationId\":\"%s\"}"})
  void a_repeated_message_does_not_bring_it_back(String form) {
    var conversation = exchange();
    var body = form.formatted(conversation);
    api.header("Idempotency-Key", "k-1");
    var accepted = api.post(body);
    api.delete(accepted.text("conversationId"));

    api.post(body).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.post("{\"content\":\"Other\"}").isProblem(ProblemCode.IDEMPOTENCY_CONFLICT);

    assertThat(api.header("Idempotency-Key", "k-2").say("Hi").status()).isEqualTo(202);
  }

  @Test
  void nobody_erases_the_conversation_of_somebody_else() {
    var conversation = exchange();

    api.as(Api.BOB).delete(conversation).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.asAdmin().delete(conversation).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.as(Api.BOB).delete("nonsense").isProblem(ProblemCode.NOT_FOUND, "conversationId");

    assertThat(api.as(Api.ANN).messages(conversation, Map.of()).texts("messages", "content"))
        .containsExactly("Hi", "Hello.");
  }

  @Test
  void what_cannot_be_deleted_now_is_left_to_the_sweeper() {
    var conversation = exchange();
    var failing = Broken.firstTime(Erasures.class, "removeTurns", api.database.erasures());

    assertThat(with(failing).delete(conversation).status()).isEqualTo(204);

    api.conversation(conversation).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.time.pass(Erasures.FIRST_LOOK.plusMillis(1));
    assertThat(api.database.erasures().overdueErasures(10)).hasSize(1);
  }

  @Test
  void says_503_when_nothing_was_begun() {
    var conversation = exchange();

    with(Broken.firstTime(Erasures.class, "begin", api.database.erasures()))
        .delete(conversation)
        .isProblem(ProblemCode.STORE_UNAVAILABLE);

    assertThat(api.conversation(conversation).status()).isEqualTo(200);
  }

  @Test
  void a_user_is_erased_with_all_conversations_and_keys_and_nobody_else_is() {
    for (int i = 0; i < 250; i++) {
      api.header("Idempotency-Key", "k-" + i);
      exchange();
    }
    var other = api.as(Api.BOB).say("Hi").text("conversationId");

    assertThat(api.as(Api.ANN).deleteUser("me").status()).isEqualTo(204);

    assertThat(api.conversations(Map.of()).texts("conversations", "id")).isEmpty();
    assertThat(api.header("Idempotency-Key", "k-1").say("Hi").status()).isEqualTo(202);
    assertThat(api.as(Api.BOB).conversation(other).status()).isEqualTo(200);
  }

  @Test
  void a_user_who_has_nothing_is_erased_again_and_again() {
    exchange();

    assertThat(api.deleteUser("ann").status()).isEqualTo(204);
    assertThat(api.deleteUser("me").status()).isEqualTo(204);
  }

  @Test
  void erasing_a_user_in_parts_ends() {
    for (int i = 0; i < 5; i++) {
      exchange();
    }
    var slow =
        Broken.before(
            Erasures.class, api.database.erasures(), () -> api.time.pass(Duration.ofSeconds(4)));
    with(slow);

    var answers = new ArrayList<Said>();
    do {
      answers.add(api.deleteUser("me"));
    } while (answers.getLast().status() == 202);

    assertThat(answers).hasSizeBetween(3, 8);
    assertThat(answers.getFirst().json()).isEqualTo(Said.parse("{\"remaining\":true}"));
    assertThat(answers.getFirst().header("Retry-After")).isEqualTo("1");
    assertThat(answers.getLast().status()).isEqualTo(204);
    assertThat(api.conversations(Map.of()).texts("conversations", "id")).isEmpty();
  }

  @Test
  void a_lambda_that_has_no_time_erases_nothing_and_says_so() {
    var conversation = exchange();
    var event = api.event(Map.of("user_id", "me"), Map.of(), "");

    var said = Api.call(new DeleteUserHandler(api.ingest()), event, Duration.ofSeconds(3));

    assertThat(said.status()).isEqualTo(202);
    assertThat(api.conversation(conversation).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob", "ME", "", "a b", "-"})
  void nobody_erases_somebody_else(String user) {
    var conversation = api.as(Api.BOB).say("Hi").text("conversationId");

    api.as(Api.ANN).deleteUser(user).isProblem(ProblemCode.NOT_FOUND, "user_id");

    assertThat(api.as(Api.BOB).conversation(conversation).status()).isEqualTo(200);
  }

  @Test
  void an_admin_erases_others() {
    var conversation = exchange();

    assertThat(api.asAdmin().deleteUser("ann").status()).isEqualTo(204);

    api.as(Api.ANN).conversation(conversation).isProblem(ProblemCode.NOT_FOUND);
  }
}
