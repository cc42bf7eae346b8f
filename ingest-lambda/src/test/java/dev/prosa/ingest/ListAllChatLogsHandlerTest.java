package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListAllChatLogsHandlerTest {

  private final Api api = new Api();

  private String exchange(String prompt) {
    var job = api.say(prompt).text("jobId");
    api.end(job, new TurnState.Completed(new Reply("Re: " + prompt, "stop", "m-9", "p", null)));
    return job;
  }

  private List<String> walk(int limit) {
    var prompts = new ArrayList<String>();
    var cursor = "";
    do {
      var query =
          cursor.isEmpty()
              ? Map.of("limit", "" + limit)
              : Map.of("limit", "" + limit, "cursor", cursor);
      var page = api.allLogs(query);
      assertThat(page.texts("logs", "prompt")).hasSizeLessThanOrEqualTo(limit);
      prompts.addAll(page.texts("logs", "prompt"));
      cursor = page.text("nextCursor");
    } while (!cursor.isEmpty());
    return prompts;
  }

  @Test
  void shows_an_admin_what_everybody_asked_and_was_answered() {
    var job = exchange("Hi");
    api.say("open");

    var said = api.asAdmin().allLogs(Map.of());

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.json())
        .isEqualTo(
            Said.parse(
                """
                {"logs":[{"id":"%s","user_id":"ann","prompt":"Hi","response":"Re: Hi",
                 "model":"m-9","timestamp":"2026-03-01T12:00:00Z"}]}
                """
                    .formatted(job)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50})
  void pages_show_everything_once(int limit) {
    exchange("a1");
    exchange("a2");
    api.say("open");
    api.as(Api.BOB);
    exchange("b1");
    api.asAdmin();

    assertThat(walk(limit)).containsExactlyInAnyOrder("a1", "a2", "b1");
  }

  @Test
  void shows_nobody_else_anything() {
    exchange("Hi");

    api.allLogs(Map.of()).isProblem(ProblemCode.FORBIDDEN);
  }

  @Test
  void an_admin_sees_the_logs_of_one_user_too() {
    exchange("a1");
    api.as(Api.BOB);
    exchange("b1");

    var said = api.asAdmin().logs(Api.ANN, Map.of());

    assertThat(said.texts("logs", "prompt")).containsExactly("a1");
  }
}
