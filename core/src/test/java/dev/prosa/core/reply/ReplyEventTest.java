package dev.prosa.core.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.documents.AsyncApi;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The JSON of every event, as DESIGN.md section 5 has it.
class ReplyEventTest {

  private static final String RANDOM = "0123456789abcdefghijklmnop";
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final JobId JOB = Objects.requireNonNull(JobId.parse("j_" + RANDOM + "_7"));

  private static void is(ReplyEvent event, String type, String rest) {
    assertThat(event.toJson())
        .isEqualTo(
            "{'type':'%s','jobId':'j_%s_7','conversationId':'c_%s',%s}"
                .formatted(type, RANDOM, RANDOM, rest)
                .replace('\'', '"'));
    AsyncApi.DOCUMENTED.requireFromServer(event.toJson());
  }

  private static Turn turn(TurnState state) {
    return new Turn(
        JOB,
        new OwnerId("ann"),
        "Hi",
        new Turn.Span(Instant.EPOCH, Instant.EPOCH),
        new Turn.Attempts(3, 2),
        state,
        false,
        null,
        null);
  }

  @Test
  void job_waiting() {
    is(
        new ReplyEvent.JobWaiting(JOB, 2, "backoff", "2026-03-01T12:00:02Z", "Wait."),
        "job.waiting",
        "'attempt':2,'reason':'backoff','retryAt':'2026-03-01T12:00:02Z','message':'Wait.'");
  }

  @Test
  void job_waiting_after_a_redrive() {
    is(
        ReplyEvent.JobWaiting.redriven(turn(new TurnState.Accepted(null))),
        "job.waiting",
        "'attempt':3,'reason':'redriven','message':'The answer will be tried again.'");
  }

  @Test
  void reply_started() {
    is(
        new ReplyEvent.ReplyStarted(JOB, 2, "m-1", "Grüße 👋"),
        "reply.started",
        "'attempt':2,'model':'m-1','prompt':'Grüße 👋'");
  }

  @Test
  void reply_delta() {
    is(
        new ReplyEvent.ReplyDelta(JOB, 2, 5, "a\nb"),
        "reply.delta",
        "'attempt':2,'offset':5,'text':'a\\nb'");
  }

  @Test
  void reply_completed() {
    is(
        ReplyEvent.ofFinal(
            turn(
                new TurnState.Completed(
                    new Reply("Hi 👋", "stop", "m-1", "p-1", new Usage(3, 2))))),
        "reply.completed",
        "'attempt':3,'content':'Hi 👋','length':5,'finishReason':'stop','model':'m-1',"
            + "'provider':'p-1','usage':{'promptTokens':3,'completionTokens':2}");
  }

  @Test
  void reply_completed_without_usage() {
    is(
        ReplyEvent.ofFinal(
            turn(new TurnState.Completed(new Reply("", "stop", "m-1", "p-1", null)))),
        "reply.completed",
        "'attempt':3,'content':'','length':0,'finishReason':'stop','model':'m-1','provider':'p-1'");
  }

  @Test
  void job_failed() {
    is(
        ReplyEvent.ofFinal(turn(new TurnState.Failed(FailureCode.CONTENT_FILTERED, "p-1"))),
        "job.failed",
        "'attempt':3,'code':'content_filtered','message':'The model declined to answer this message.',"
            + "'retryable':false");
  }

  @Test
  void job_cancelled() {
    is(
        ReplyEvent.ofFinal(turn(new TurnState.Cancelled("Hel"))),
        "job.cancelled",
        "'attempt':3,'content':'Hel'");
  }

  @Test
  void an_event_says_its_trace_before_anything_that_may_be_long() {
    var stopped = traced(new TurnState.Cancelled("Hel"));

    is(
        ReplyEvent.ofFinal(stopped),
        "job.cancelled",
        "'attempt':3,'traceId':'" + TRACE_ID + "','content':'Hel'");
    is(
        ReplyEvent.ReplyStarted.of(stopped, "m-1"),
        "reply.started",
        "'attempt':3,'traceId':'" + TRACE_ID + "','model':'m-1','prompt':'Hi'");
  }

  @Test
  void every_event_but_a_delta_says_its_trace() {
    var failed = traced(new TurnState.Failed(FailureCode.CONTENT_FILTERED, "p-1"));
    var completed = traced(new TurnState.Completed(new Reply("", "stop", "m", "p", null)));

    assertThat(
            List.of(
                ReplyEvent.ofFinal(failed).toJson(),
                ReplyEvent.ofFinal(completed).toJson(),
                ReplyEvent.JobWaiting.redriven(failed).toJson(),
                ReplyEvent.JobWaiting.providersDown(failed, Instant.EPOCH).toJson()))
        .allMatch(json -> json.contains("\"traceId\":\"" + TRACE_ID + "\""));
  }

  private static Turn traced(TurnState state) {
    var turn = turn(state);
    return new Turn(
        turn.job(),
        turn.owner(),
        turn.prompt(),
        turn.clock(),
        turn.attempts(),
        state,
        false,
        "00-" + TRACE_ID + "-00f067aa0ba902b7-01",
        null);
  }

  @Test
  void tells_no_end_of_an_open_turn() {
    var open = turn(new TurnState.Accepted(null));

    assertThatThrownBy(() -> ReplyEvent.ofFinal(open)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_delta_ends_where_the_next_one_begins() {
    assertThat(new ReplyEvent.ReplyDelta(JOB, 1, 5, "👋!").end()).isEqualTo(8);
  }
}
