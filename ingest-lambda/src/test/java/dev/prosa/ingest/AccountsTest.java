package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.core.usage.ModelCall.Outcome;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients are shown of calls and their cost.
class AccountsTest {

  private final Api api = new Api();
  private final Said said = api.say("Hi");
  private final String job = said.text("jobId");
  private final String conversation = said.text("conversationId");

  private void call(int attempt, Outcome outcome, long costNanos) {
    var first = outcome == Outcome.ANSWERED ? Duration.ofMillis(300) : null;
    var total = outcome == Outcome.STARTED ? Duration.ZERO : Duration.ofMillis(1500);
    var id = new ModelCall.Id(Objects.requireNonNull(JobId.parse(job)), attempt, 1);
    var timing = new ModelCall.Timing(api.time.instant(), first, total);
    api.calls.record(
        List.of(
            new ModelCall(
                id,
                "p-1",
                "m-1",
                outcome,
                new Usage(30, 20),
                outcome == Outcome.FAILED,
                costNanos,
                timing)));
  }

  private static JsonNode json(String json) {
    return Said.parse(json.replace('\'', '"'));
  }

  private List<String> outcomes() {
    var found = new ArrayList<String>();
    api.job(job).json().path("calls").forEach(call -> found.add(call.path("outcome").asText()));
    return found;
  }

  @Test
  void every_call_of_a_job_and_their_sum() {
    call(1, Outcome.FAILED, 1_000);
    call(2, Outcome.ANSWERED, 249_000);

    var shown = api.job(job).json();

    assertThat(shown.path("calls").path(1))
        .isEqualTo(
            json(
                """
                {'attempt':2,'provider':'p-1','model':'m-1','outcome':'answered',
                 'promptTokens':30,'completionTokens':20,'estimated':false,'costUsd':0.000249,
                 'firstTokenMillis':300,'totalMillis':1500,'begunAt':'2026-03-01T12:00:00Z'}
                """));
    assertThat(shown.path("calls").path(0).has("firstTokenMillis")).isFalse();
    assertThat(shown.path("total"))
        .isEqualTo(
            json(
                """
                {'calls':2,'promptTokens':60,'completionTokens':40,'estimated':true,
                 'costUsd':0.00025}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0.000000001",
    "120, 0.00000012",
    "10000000000, 10",
    "9223372036854775807, 9223372036.854775807",
  })
  void a_cost_is_exact_and_has_no_exponent(long nanos, String dollars) {
    call(1, Outcome.ANSWERED, nanos);

    var body = api.job(job).event().getBody();

    assertThat(body).containsPattern("\"costUsd\":" + dollars.replace(".", "\\.") + "[,}]");
  }

  @Test
  void a_call_that_runs_has_only_started() {
    api.claimed(job);
    call(1, Outcome.STARTED, 0);

    assertThat(outcomes()).containsExactly("started");
  }

  @Test
  void a_call_without_an_end_is_lost_once_its_turn_is_final() {
    api.end(job, new TurnState.Cancelled(""));
    call(1, Outcome.STARTED, 0);

    assertThat(outcomes()).containsExactly("lost");
  }

  @Test
  void a_call_without_an_end_is_lost_once_a_later_attempt_runs() {
    api.claimed(job);
    api.time.pass(Duration.ofSeconds(31));
    api.claimed(job);
    call(1, Outcome.STARTED, 0);
    call(2, Outcome.STARTED, 0);

    assertThat(outcomes()).containsExactly("lost", "started");
  }

  @Test
  void a_job_is_shown_without_calls_when_the_ledger_is_away() {
    var shown = api.with(Broken.calls()).job(job);

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.fields()).contains("state").doesNotContain("calls", "total");
  }

  @Test
  void a_conversation_and_what_it_cost() {
    call(1, Outcome.ANSWERED, 2_500_000_000L);

    assertThat(api.conversation(conversation).json())
        .isEqualTo(
            json(
                """
                {'id':'%s','title':'Hi','lastTurn':1,'createdAt':'2026-03-01T12:00:00Z',
                 'updatedAt':'2026-03-01T12:00:00Z','total':{'calls':1,'promptTokens':30,
                 'completionTokens':20,'estimated':false,'costUsd':2.5}}
                """
                    .formatted(conversation)));
  }

  @Test
  void a_conversation_is_shown_without_a_sum_when_the_ledger_is_away() {
    var shown = api.with(Broken.calls()).conversation(conversation);

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.fields()).contains("title").doesNotContain("total");
  }

  @Test
  void a_conversation_of_somebody_else_is_not_there() {
    var shown = api.as(Api.BOB).conversation(conversation);

    shown.isProblem(ProblemCode.NOT_FOUND, "conversationId");
  }

  @Test
  void a_conversation_of_nobody_is_not_there() {
    var shown = api.conversation("c_" + "0".repeat(26));

    shown.isProblem(ProblemCode.NOT_FOUND, "conversationId");
  }
}
