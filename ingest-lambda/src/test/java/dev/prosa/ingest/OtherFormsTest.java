package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The other forms in which a message may be sent.
class OtherFormsTest {

  private static final TurnState.Final HELLO =
      new TurnState.Completed(new Reply("Hello.", "stop", "m-9", "p", null));

  private final Api api = new Api();

  private Turn turn(String job) {
    return Objects.requireNonNull(
        api.database.turns().find(Objects.requireNonNull(JobId.parse(job))));
  }

  private Said send(String route, String body) {
    return switch (route) {
      case "/chat" -> api.chatShort(body);
      case "/v1/chat" -> api.chat(body);
      default -> api.ask(body);
    };
  }

  @Test
  void the_short_form_is_accepted_at_once() {
    var said = api.chatShort("{\"message\":\"Hi\",\"model\":\"m-2\"}");

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.fields()).containsExactly("jobId", "conversationId", "timestamp");
    assertThat(said.text("timestamp")).isEqualTo(ManualTime.BEGIN.toString());
    assertThat(turn(said.text("jobId")).prompt()).isEqualTo("Hi");
    assertThat(turn(said.text("jobId")).model()).isEqualTo("m-2");
    assertThat(api.pokes()).containsExactly(said.text("jobId"));
  }

  @Test
  void the_short_form_appends_to_a_conversation() {
    var conversation = api.say("Hi").text("conversationId");

    var said =
        api.chatShort("{\"message\":\"And?\",\"conversationId\":\"%s\"}".formatted(conversation));

    assertThat(said.text("jobId")).endsWith("_2");
  }

  @Test
  void a_repeated_short_form_is_one_job() {
    var first = api.header("Idempotency-Key", "key-1").chatShort("{\"message\":\"Hi\"}");

    assertThat(api.chatShort("{\"message\":\"Hi\"}").json()).isEqualTo(first.json());
  }

  @Test
  void a_chat_waits_for_the_reply() {
    api.endWhenAwaited(HELLO);

    var said = api.chat("{\"user_id\":\"ann\",\"prompt\":\"Hi\",\"model\":\"m-2\"}");

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.json())
        .isEqualTo(
            Said.parse(
                """
                {"id":"%s","user_id":"ann","prompt":"Hi","response":"Hello.","model":"m-9",
                 "timestamp":"2026-03-01T12:00:00Z"}
                """
                    .formatted(said.text("id"))));
    assertThat(turn(said.text("id")).model()).isEqualTo("m-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"prompt\":\"Hi\"}", "{\"prompt\":\"Hi\",\"user_id\":null}"})
  void a_chat_of_nobody_is_one_of_the_caller(String body) {
    api.endWhenAwaited(HELLO);

    assertThat(api.chat(body).text("user_id")).isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob", "", "ANN", "ann ", "*"})
  void nobody_chats_for_somebody_else(String user) {
    api.chat("{\"user_id\":\"%s\",\"prompt\":\"Hi\"}".formatted(user))
        .isProblem(ProblemCode.NOT_FOUND, "user_id");

    assertThat(api.isUntouched()).isTrue();
  }

  @Test
  void a_user_is_text() {
    api.chat("{\"user_id\":7,\"prompt\":\"Hi\"}").isProblem(ProblemCode.INVALID_FIELD, "user_id");

    assertThat(api.isUntouched()).isTrue();
  }

  @Test
  void the_short_forms_and_a_question_may_name_a_prompt() {
    api.endWhenAwaited(HELLO);
    var asked = api.ask("{\"question\":\"Hi\",\"prompt\":\"pirate\"}");
    var said = api.postShort("{\"content\":\"Hi\",\"prompt\":\"pirate\"}");
    var chatted = api.chatShort("{\"message\":\"Hi\",\"prompt\":\"pirate\"}");

    assertThat(List.of(asked, said, chatted))
        .allMatch(form -> "pirate".equals(turn(form.text("jobId")).promptName()));
    api.ask("{\"question\":\"Hi\",\"prompt\":\"x\"}")
        .isProblem(ProblemCode.INVALID_FIELD, "prompt");
    api.chatShort("{\"message\":\"Hi\",\"prompt\":\"x\"}")
        .isProblem(ProblemCode.INVALID_FIELD, "prompt");
  }

  @Test
  void the_prompt_of_a_chat_is_its_text() {
    api.endWhenAwaited(HELLO);

    var said = api.chat("{\"prompt\":\"pirate\"}");

    assertThat(turn(said.text("id")).prompt()).isEqualTo("pirate");
    assertThat(turn(said.text("id")).promptName()).isNull();
  }

  @Test
  void a_question_waits_for_the_answer() {
    api.endWhenAwaited(HELLO);

    var said = api.ask("{\"question\":\"Hi\"}");

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.fields()).containsExactly("answer", "jobId", "conversationId", "model");
    assertThat(said.text("answer")).isEqualTo("Hello.");
    assertThat(said.text("model")).isEqualTo("m-9");
    assertThat(api.messages(said.text("conversationId"), Map.of()).texts("messages", "content"))
        .containsExactly("Hi", "Hello.");
  }

  @ParameterizedTest
  @CsvSource({"/v1/chat,prompt", "/api/v1/ask,question"})
  void who_waits_begins_a_conversation(String route, String field) {
    var conversation = api.say("Hi").text("conversationId");

    var said =
        send(
            route,
            "{\"%s\":\"And?\",\"conversationId\":\"%s\",\"connectionId\":\"x\"}"
                .formatted(field, conversation));

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.text("conversationId")).isNotEqualTo(conversation);
  }

  @ParameterizedTest
  @CsvSource({"/chat,message", "/v1/chat,prompt", "/api/v1/ask,question"})
  void a_bad_text_is_refused_by_its_name(String route, String field) {
    var body = "{\"" + field + "\":%s}";

    send(route, "[]").isProblem(ProblemCode.INVALID_BODY);
    send(route, "{\"content\":\"Hi\"}").isProblem(ProblemCode.MISSING_FIELD, field);
    send(route, body.formatted("7")).isProblem(ProblemCode.INVALID_FIELD, field);
    send(route, body.formatted("\" \"")).isProblem(ProblemCode.INVALID_FIELD, field);
    send(route, body.formatted("\"\\u0000\"")).isProblem(ProblemCode.INVALID_FIELD, field);
    send(route, body.formatted("\"" + "x".repeat(32 * 1024 + 1) + "\""))
        .isProblem(ProblemCode.CONTENT_TOO_LARGE, field);
    send(route, body.formatted("\"Hi\",\"model\":\"m-3\""))
        .isProblem(ProblemCode.INVALID_FIELD, "model");

    assertThat(api.isUntouched()).isTrue();
  }
}
