package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What clients are shown of jobs, conversations and messages.
class ViewsTest {

  private static final TurnState.Completed COMPLETED =
      new TurnState.Completed(new Reply("Hello 👋", "stop", "m-1", "p-1", new Usage(3, 2)));

  private final Api api = new Api();

  private static JsonNode json(String json) {
    return Said.parse(json.replace('\'', '"'));
  }

  @Test
  void a_job_that_waits() {
    var accepted = api.say("Hi");
    var job = accepted.text("jobId");

    var said = api.job(job);

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.header("Cache-Control")).isEqualTo("no-store");
    assertThat(said.json())
        .isEqualTo(
            json(
                """
                {'jobId':'%s','conversationId':'%s','state':'ACCEPTED','attempt':0,
                 'createdAt':'2026-03-01T12:00:00Z','deadline':'2026-03-01T12:10:00Z',
                 'traceId':'%s','calls':[],'total':{'calls':0,'promptTokens':0,'completionTokens':0,
                 'estimated':false,'costUsd':0}}
                """
                    .formatted(job, said.text("conversationId"), accepted.text("traceId"))));
  }

  @Test
  void a_job_that_is_answered() {
    var job = api.say("Hi").text("jobId");
    api.end(job, COMPLETED);

    var said = api.job(job);

    assertThat(said.text("state")).isEqualTo("COMPLETED");
    assertThat(said.json().path("attempt").asInt()).isEqualTo(1);
    assertThat(said.json().path("reply"))
        .isEqualTo(
            json(
                """
                {'content':'Hello 👋','length':8,'finishReason':'stop','model':'m-1',
                 'provider':'p-1','usage':{'promptTokens':3,'completionTokens':2}}
                """));
    assertThat(said.fields()).doesNotContain("error");
  }

  @Test
  void the_prompt_that_a_reply_came_from() {
    var version = "brief@0123456789ab";
    var said = api.say("Hi");
    var reply = new Reply("Hello.", "stop", "m-1", "p-1", null, version);
    api.end(said.text("jobId"), new TurnState.Completed(reply));

    var job = api.job(said.text("jobId")).json();
    var messages = api.messages(said.text("conversationId"), Map.of());

    assertThat(job.path("reply").path("promptVersion").asText()).isEqualTo(version);
    assertThat(messages.texts("messages", "promptVersion")).containsExactly("", version);
  }

  @Test
  void a_job_that_failed() {
    var job = api.say("Hi").text("jobId");
    api.end(job, new TurnState.Failed(FailureCode.PROVIDER_REJECTED, "p-1"));

    var said = api.job(job);

    assertThat(said.text("state")).isEqualTo("FAILED");
    assertThat(said.json().path("error"))
        .isEqualTo(
            json(
                """
                {'code':'provider_rejected','message':'The model did not accept this request.',
                 'retryable':false}
                """));
    assertThat(said.fields()).doesNotContain("reply");
  }

  @Test
  void a_job_that_was_stopped() {
    var job = api.say("Hi").text("jobId");
    api.end(job, new TurnState.Cancelled("Hel"));

    assertThat(api.job(job).json().path("reply")).isEqualTo(json("{'content':'Hel','length':3}"));
  }

  @Test
  void a_job_of_somebody_else_is_not_there() {
    var job = api.as(Api.BOB).say("Hi").text("jobId");

    api.as(Api.ANN).job(job).isProblem(ProblemCode.NOT_FOUND, "jobId");
  }

  @Test
  void conversations_newest_first() {
    var old = api.say("First").text("conversationId");
    api.time.pass(Duration.ofSeconds(1));
    api.say("Second");

    var said = api.conversations(Map.of());

    assertThat(said.texts("conversations", "title")).containsExactly("Second", "First");
    assertThat(said.json().path("conversations").path(1))
        .isEqualTo(
            json(
                """
                {'id':'%s','title':'First','lastTurn':1,'createdAt':'2026-03-01T12:00:00Z',
                 'updatedAt':'2026-03-01T12:00:00Z'}
                """
                    .formatted(old)));
    assertThat(said.fields()).containsExactly("conversations");
  }

  @Test
  void conversations_page_by_page() {
    for (int i = 1; i <= 5; i++) {
      api.say("c" + i);
      api.time.pass(Duration.ofSeconds(1));
    }

    var titles = pages("conversations", "title", q -> api.conversations(q), "2");

    assertThat(titles).containsExactly(List.of("c5", "c4"), List.of("c3", "c2"), List.of("c1"));
  }

  @Test
  void messages_in_the_order_they_were_said() {
    var first = api.say("Hi");
    api.end(first.text("jobId"), COMPLETED);
    api.say("And?", first.text("conversationId"));

    var said = api.messages(first.text("conversationId"), Map.of());

    assertThat(said.texts("messages", "role"))
        .containsExactly("user", "assistant", "user", "assistant");
    assertThat(said.texts("messages", "content")).containsExactly("Hi", "Hello 👋", "And?", "");
    assertThat(said.texts("messages", "state")).containsExactly("", "COMPLETED", "", "ACCEPTED");
    assertThat(said.texts("messages", "id")).doesNotHaveDuplicates();
  }

  @Test
  void messages_page_by_page_from_the_newest() {
    var conversation = api.say("t1").text("conversationId");
    for (int i = 2; i <= 5; i++) {
      api.say("t" + i, conversation);
    }

    var contents = pages("messages", "content", q -> api.messages(conversation, q), "4");

    assertThat(contents)
        .containsExactly(
            List.of("t4", "", "t5", ""), List.of("t2", "", "t3", ""), List.of("t1", ""));
  }

  private static List<List<String>> pages(
      String list, String field, Function<Map<String, String>, Said> ask, String limit) {
    var pages = new ArrayList<List<String>>();
    var query = new HashMap<>(Map.of("limit", limit));
    for (var said = ask.apply(query); pages.size() < 10; said = ask.apply(query)) {
      assertThat(said.status()).isEqualTo(200);
      pages.add(said.texts(list, field));
      if (!said.fields().contains("nextCursor")) {
        break;
      }
      query.put("cursor", said.text("nextCursor"));
    }
    return pages;
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    var conversation = api.say("Hi").text("conversationId");
    api.say("Ho");
    var cursor = api.conversations(Map.of("limit", "1")).text("nextCursor");

    var said = api.messages(conversation, Map.of("cursor", cursor));

    said.isProblem(ProblemCode.INVALID_FIELD, "cursor");
  }

  @Test
  void messages_of_somebody_else_are_not_there() {
    var conversation = api.as(Api.BOB).say("Hi").text("conversationId");

    var said = api.as(Api.ANN).messages(conversation, Map.of());

    said.isProblem(ProblemCode.NOT_FOUND, "conversationId");
  }

  @Test
  void the_short_form_of_older_clients() {
    var said = api.postShort("{\"content\":\"Hi\",\"role\":\"user\"}");

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.fields()).containsExactly("jobId", "conversationId", "timestamp");
    assertThat(api.pokes()).containsExactly(said.text("jobId"));
  }
}
