package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenamingTest {

  private final Api api = new Api();
  private final String conversation = api.say("Hi").text("conversationId");

  private String title() {
    return api.conversation(conversation).text("title");
  }

  @Test
  void shows_the_conversation_under_its_new_title() {
    api.time.pass(Duration.ofMinutes(1));

    var said = api.rename(conversation, "{\"title\":\"  Leases & claims 👋 \",\"lastTurn\":9}");

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.json())
        .isEqualTo(
            Said.parse(
                """
                {"id":"%s","title":"Leases & claims 👋","lastTurn":1,
                 "createdAt":"2026-03-01T12:00:00Z","updatedAt":"2026-03-01T12:00:00Z"}
                """
                    .formatted(conversation)));
    assertThat(title()).isEqualTo("Leases & claims 👋");
  }

  @Test
  void no_later_message_changes_it() {
    api.rename(conversation, "{\"title\":\"Mine\"}");

    api.say("And then?", conversation);

    assertThat(title()).isEqualTo("Mine");
  }

  @Test
  void takes_120_characters() {
    var longest = "👋".repeat(120);

    assertThat(api.rename(conversation, "{\"title\":\"" + longest + "\"}").status()).isEqualTo(200);
    assertThat(title()).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"title\":\"\"}",
        "{\"title\":\"  \\n \"}",
        "{\"title\":\"a\\nb\"}",
        "{\"title\":\"a\\tb\"}",
        "{\"title\":\"a\\u0000b\"}",
        "{\"title\":\"a\\u001bb\"}",
        "{\"title\":\"a\\u0085b\"}",
        "{\"title\":\"a\\u2028b\"}",
        "{\"title\":\"a\\ud83d\"}",
        "{\"title\":7}"
      })
  void refuses_what_is_no_title(String body) {
    api.rename(conversation, body).isProblem(ProblemCode.INVALID_FIELD, "title");

    assertThat(title()).isEqualTo("Hi");
  }

  @Test
  void refuses_121_characters() {
    api.rename(conversation, "{\"title\":\"" + "x".repeat(121) + "\"}")
        .isProblem(ProblemCode.INVALID_FIELD, "title");
  }

  @Test
  void needs_a_title() {
    api.rename(conversation, "{\"name\":\"x\"}").isProblem(ProblemCode.MISSING_FIELD, "title");
  }

  @Test
  void nobody_renames_the_conversation_of_somebody_else() {
    var body = "{\"title\":\"Mine\"}";

    api.as(Api.BOB).rename(conversation, body).isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.asAdmin().rename(conversation, body).isProblem(ProblemCode.NOT_FOUND, "conversationId");

    api.as(Api.ANN);
    assertThat(title()).isEqualTo("Hi");
  }
}
