package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListChatLogsHandlerTest {

  private final Api api = new Api();

  private static TurnState.Final reply(String text) {
    return new TurnState.Completed(new Reply(text, "stop", "m-9", "p", null));
  }

  /// A question and its answer, a minute after the last.
  private String exchange(String prompt, String conversation) {
    api.time.pass(Duration.ofMinutes(1));
    var said = conversation.isEmpty() ? api.say(prompt) : api.say(prompt, conversation);
    api.end(said.text("jobId"), reply("Re: " + prompt));
    return said.text("conversationId");
  }

  /// The prompts of every page.
  private List<List<String>> walk(int limit) {
    var pages = new ArrayList<List<String>>();
    var cursor = "";
    do {
      var query =
          cursor.isEmpty()
              ? Map.of("limit", "" + limit)
              : Map.of("limit", "" + limit, "cursor", cursor);
      var page = api.logs(Api.ANN, query);
      pages.add(page.texts("logs", "prompt"));
      cursor = page.text("nextCursor");
    } while (!cursor.isEmpty());
    return pages;
  }

  @Test
  void shows_what_was_asked_and_answered() {
    var job = api.say("Hi").text("jobId");
    api.end(job, reply("Hello."));

    var said = api.logs(Api.ANN, Map.of());

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.json())
        .isEqualTo(
            Said.parse(
                """
                {"logs":[{"id":"%s","user_id":"ann","prompt":"Hi","response":"Hello.",
                 "model":"m-9","timestamp":"2026-03-01T12:00:00Z"}]}
                """
                    .formatted(job)));
  }

  @Test
  void leaves_out_what_has_no_answer() {
    api.say("open");
    api.end(
        api.say("failed").text("jobId"), new TurnState.Failed(FailureCode.CONTENT_FILTERED, "p"));
    api.end(api.say("stopped").text("jobId"), new TurnState.Cancelled(""));
    api.end(api.say("half").text("jobId"), new TurnState.Cancelled("Hel"));

    assertThat(api.logs(Api.ANN, Map.of()).texts("logs", "response")).containsExactly("Hel");
  }

  @Test
  void shows_the_conversation_used_last_first_and_in_it_the_newest() {
    var old = exchange("a1", "");
    exchange("b1", "");
    exchange("a2", old);

    assertThat(walk(50)).containsExactly(List.of("a2", "a1", "b1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 50})
  void pages_show_everything_once(int limit) {
    var conversation = exchange("a1", "");
    exchange("b1", "");
    exchange("c1", "");
    exchange("a2", conversation);
    exchange("a3", conversation);

    var pages = walk(limit);

    assertThat(pages.stream().flatMap(List::stream)).containsExactly("a3", "a2", "a1", "c1", "b1");
    assertThat(pages).allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(limit));
  }

  @Test
  void a_page_ends_before_it_grows_too_large_for_an_answer() {
    var half = "x".repeat(ListChatLogsHandler.MAX_BYTES / 2);
    for (var i = 0; i < 3; i++) {
      api.time.pass(Duration.ofMinutes(1));
      api.end(api.say("Hi").text("jobId"), reply(half));
    }

    assertThat(walk(50)).containsExactly(List.of("Hi", "Hi"), List.of("Hi"));
  }

  @Test
  void a_cursor_into_the_conversation_of_somebody_else_shows_nothing_of_it() {
    api.as(Api.BOB);
    var foreign = exchange("b1", "");
    exchange("b2", foreign);
    exchange("b3", foreign);
    var cursor = api.logs(Api.BOB, Map.of("limit", "1")).text("nextCursor");

    var said = api.as(Api.ANN).logs(Api.ANN, Map.of("cursor", cursor));

    assertThat(said.json()).isEqualTo(Said.parse("{\"logs\":[]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob", "ANN", "-"})
  void shows_nobody_else(String user) {
    api.as(Api.BOB).say("Hi");

    api.as(Api.ANN).logs(new OwnerId(user), Map.of()).isProblem(ProblemCode.NOT_FOUND, "user_id");
  }

  @ParameterizedTest
  @CsvSource({"limit,0", "limit,51", "limit,x", "cursor,x", "cursor,''", "cursor,MTpj"})
  void refuses_a_bad_page(String parameter, String value) {
    api.logs(Api.ANN, Map.of(parameter, value)).isProblem(ProblemCode.INVALID_FIELD, parameter);
  }

  @Test
  void says_503_without_the_store() {
    api.with(Broken.database()).logs(Api.ANN, Map.of()).isProblem(ProblemCode.STORE_UNAVAILABLE);
  }
}
