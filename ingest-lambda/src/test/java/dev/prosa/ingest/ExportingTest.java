package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import dev.prosa.ingest.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportingTest {

  /// AWS Lambda quotas, "Invocation payload".
  private static final int LAMBDA_ANSWER = 6_000_000;

  private final Api api = new Api();

  private static TurnState.Final reply(String text) {
    return new TurnState.Completed(new Reply(text, "stop", "m-9", "p", new Usage(3, 2)));
  }

  private String exchange(String prompt, String conversation) {
    api.time.pass(Duration.ofMinutes(1));
    var said = conversation.isEmpty() ? api.say(prompt) : api.say(prompt, conversation);
    api.end(said.text("jobId"), reply("Re: " + prompt));
    return said.text("conversationId");
  }

  private static Map<String, String> query(int limit, String cursor) {
    var query = new HashMap<>(Map.of("limit", "" + limit));
    if (!cursor.isEmpty()) {
      query.put("cursor", cursor);
    }
    return query;
  }

  private List<Said> pages(String conversation, int limit) {
    var pages = new ArrayList<Said>();
    do {
      var cursor = pages.isEmpty() ? "" : pages.getLast().text("nextCursor");
      pages.add(api.export(conversation, query(limit, cursor)));
    } while (!pages.getLast().text("nextCursor").isEmpty());
    return pages;
  }

  private List<String> userPages(int limit) {
    var prompts = new ArrayList<String>();
    var cursor = "";
    do {
      var page = api.exportUser("me", query(limit, cursor));
      page.json()
          .path("conversations")
          .forEach(part ->
              part.path("turns").forEach(turn -> prompts.add(turn.path("prompt").asText())));
      cursor = page.text("nextCursor");
    } while (!cursor.isEmpty());
    return prompts;
  }

  @Test
  void shows_everything_that_is_stored_of_a_turn() {
    var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    var accepted = api.header("traceparent", trace).post("{\"content\":\"Hi\",\"model\":\"m-2\"}");
    var job = accepted.text("jobId");
    var kept =
        Objects.requireNonNull(api.database.turns().find(Objects.requireNonNull(JobId.parse(job))));
    api.end(job, reply("Hello."));
    api.calls.record(List.of(Calls.answered(Objects.requireNonNull(JobId.parse(job)))));

    var said = api.export(accepted.text("conversationId"), Map.of());

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.json())
        .isEqualTo(
            Said.parse(
                """
                {"format":"prosa.export.v1",
                 "conversation":{"id":"%s","title":"Hi","lastTurn":1,
                   "createdAt":"2026-03-01T12:00:00Z","updatedAt":"2026-03-01T12:00:00Z"},
                 "turns":[{"jobId":"%s","prompt":"Hi","state":"COMPLETED","attempts":1,
                   "createdAt":"2026-03-01T12:00:00Z","deadline":"2026-03-01T12:10:00Z",
                   "traceparent":"%s","askedModel":"m-2",
                   "reply":{"content":"Hello.","length":6,"finishReason":"stop","model":"m-9",
                     "provider":"p","usage":{"promptTokens":3,"completionTokens":2}},
                   "calls":[{"attempt":1,"provider":"p-1","model":"m-1","outcome":"answered",
                     "promptTokens":3,"completionTokens":2,"estimated":false,"costUsd":7E-9,
                     "firstTokenMillis":40,"totalMillis":1000,"begunAt":"2026-03-01T12:00:00Z"}]}]}
                """
                    .formatted(accepted.text("conversationId"), job, kept.traceparent())));
  }

  @Test
  void shows_which_prompt_was_asked_for_and_which_one_answered() {
    var said = api.post("{\"content\":\"Hi\",\"prompt\":\"brief\"}");
    var reply = new Reply("Hello.", "stop", "m-9", "p", null, "brief@0123456789ab");
    api.end(said.text("jobId"), new TurnState.Completed(reply));

    var turn = api.export(said.text("conversationId"), Map.of()).json().path("turns").path(0);

    assertThat(turn.path("askedPrompt").asText()).isEqualTo("brief");
    assertThat(turn.path("reply").path("promptVersion").asText()).isEqualTo("brief@0123456789ab");
  }

  @Test
  void shows_what_has_no_answer_too() {
    var conversation = api.say("failed").text("conversationId");
    api.end(api.say("stopped", conversation).text("jobId"), new TurnState.Cancelled("Hel"));
    var failed = api.messages(conversation, Map.of()).texts("messages", "jobId").getFirst();
    api.end(failed, new TurnState.Failed(FailureCode.CONTENT_FILTERED, "p"));
    api.say("open", conversation);

    var turns = api.export(conversation, Map.of()).json().path("turns");

    assertThat(turns.findValuesAsText("state")).containsExactly("ACCEPTED", "CANCELLED", "FAILED");
    assertThat(turns.get(1).path("reply").path("content").asText()).isEqualTo("Hel");
    assertThat(turns.get(2).path("error").path("code").asText()).isEqualTo("content_filtered");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50})
  void pages_show_every_turn_once_newest_first(int limit) {
    var conversation = exchange("1", "");
    for (int i = 2; i <= 7; i++) {
      exchange("" + i, conversation);
    }

    var pages = pages(conversation, limit);

    assertThat(pages.stream().flatMap(page -> page.texts("turns", "prompt").stream()))
        .containsExactly("7", "6", "5", "4", "3", "2", "1");
    assertThat(pages).allMatch(page -> page.texts("turns", "jobId").size() <= limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u0001", "\"", "\\", "界", "\u2028"})
  void no_page_is_larger_than_the_answer_of_a_lambda(String text) throws JsonProcessingException {
    var large = text.repeat(Reply.MAX_BYTES / text.getBytes(StandardCharsets.UTF_8).length);
    var conversation = "";
    for (int i = 0; i < 12; i++) {
      var said = conversation.isEmpty() ? api.say("Hi") : api.say("Hi", conversation);
      api.end(said.text("jobId"), reply(large));
      conversation = said.text("conversationId");
    }

    var pages = pages(conversation, 50);

    var turns = 0;
    for (var page : pages) {
      var answer = JsonMapper.builder().build().writeValueAsBytes(page.event());
      assertThat(answer.length).isLessThan(LAMBDA_ANSWER);
      turns += page.json().path("turns").size();
    }
    assertThat(turns).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 50})
  void an_export_of_a_user_shows_every_turn_once(int limit) {
    var first = exchange("a1", "");
    exchange("b1", "");
    exchange("c1", "");
    exchange("a2", first);
    api.as(Api.BOB);
    exchange("foreign", "");
    api.as(Api.ANN);

    assertThat(userPages(limit)).containsExactly("a2", "a1", "c1", "b1");
  }

  @Test
  void an_export_of_a_user_says_whose_it_is() {
    var conversation = exchange("Hi", "");

    var said = api.exportUser("me", Map.of());

    assertThat(said.fields()).containsExactly("format", "user_id", "conversations");
    assertThat(said.text("format")).isEqualTo("prosa.export.v1");
    assertThat(said.text("user_id")).isEqualTo("ann");
    assertThat(said.json().path("conversations").findValuesAsText("id"))
        .containsExactly(conversation);
  }

  @Test
  void an_admin_exports_others() {
    exchange("Hi", "");

    var said = api.asAdmin().exportUser("ann", Map.of());

    assertThat(said.json().path("conversations").findValuesAsText("prompt")).containsExactly("Hi");
    assertThat(api.exportUser("nobody", Map.of()).json().path("conversations")).isEmpty();
  }

  @Test
  void nobody_exports_what_is_somebody_elses() {
    var conversation = exchange("Hi", "");

    api.as(Api.BOB)
        .export(conversation, Map.of())
        .isProblem(ProblemCode.NOT_FOUND, "conversationId");
    api.exportUser("ann", Map.of()).isProblem(ProblemCode.NOT_FOUND, "user_id");
    api.asAdmin().export(conversation, Map.of()).isProblem(ProblemCode.NOT_FOUND, "conversationId");
  }

  @ParameterizedTest
  @CsvSource({"limit,0", "limit,51", "limit,x", "cursor,x", "cursor,''", "cursor,MTpj"})
  void refuses_a_bad_page(String parameter, String value) {
    var conversation = exchange("Hi", "");
    var query = Map.of(parameter, value);

    api.export(conversation, query).isProblem(ProblemCode.INVALID_FIELD, parameter);
    api.exportUser("me", query).isProblem(ProblemCode.INVALID_FIELD, parameter);
    api.asAdmin().allLogs(query).isProblem(ProblemCode.INVALID_FIELD, parameter);
  }

  @Test
  void leaves_nothing_out_when_the_ledger_is_away() {
    var conversation = exchange("Hi", "");

    api.with(Broken.calls())
        .export(conversation, Map.of())
        .isProblem(ProblemCode.STORE_UNAVAILABLE);
  }
}
