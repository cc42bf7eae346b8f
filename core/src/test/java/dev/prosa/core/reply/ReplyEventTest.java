package dev.prosa.core.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The JSON of every event, as DESIGN.md section 5 has it.
class ReplyEventTest {

  private static final String RANDOM = "0123456789abcdefghijklmnop";
  private static final JobId JOB = Objects.requireNonNull(JobId.parse("j_" + RANDOM + "_7"));

  private static void is(ReplyEvent event, String type, String rest) {
    assertThat(event.toJson())
        .isEqualTo(
            "{'type':'%s','jobId':'j_%s_7','conversationId':'c_%s',%s}"
                .formatted(type, RANDOM, RANDOM, rest)
                .replace('\'', '"'));
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
  void tells_no_end_of_an_open_turn() {
    var open = turn(new TurnState.Accepted(null));

    assertThatThrownBy(() -> ReplyEvent.ofFinal(open)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_delta_ends_where_the_next_one_begins() {
    assertThat(new ReplyEvent.ReplyDelta(JOB, 1, 5, "👋!").end()).isEqualTo(8);
  }
}
