package dev.prosa.worker.process;

import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.llm.ModelException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims one turn, makes one attempt, and draws the conclusion.
final class TurnTaker {

  private static final Logger LOG = LoggerFactory.getLogger(TurnTaker.class);

  /// When it is not known who has the turn, the next look tells.
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Workplace workplace;
  private final Endings endings;
  private final Attempt attempt;

  TurnTaker(Workplace workplace, RunningAttempts running) {
    this.workplace = workplace;
    this.endings = workplace.endings();
    this.attempt = new Attempt(workplace, running);
  }

  Step take(JobId job, ConversationContext before, PokeHandler.Keeper keeper) {
    var rules = workplace.rules();
    var claim = new Claim(RandomId.create().value(), rules.lease(), rules.maxAttempts());
    return switch (workplace.turns().claim(job, claim)) {
      case ClaimOutcome.Claimed(Turn turn) -> answer(turn, before, keeper);
      case ClaimOutcome.Busy(Instant until) -> new Step.Later(untilFree(until));
      case ClaimOutcome.AlreadyFinal(Turn turn) -> new Step.Over(turn);
      case ClaimOutcome.Exhausted(Turn turn) -> fail(turn, FailureCode.ATTEMPTS_EXHAUSTED);
      case ClaimOutcome.Missing _ -> new Step.Gone();
    };
  }

  private Duration untilFree(Instant until) {
    var wait = Duration.between(workplace.clock().instant(), until);
    return wait.compareTo(SOON) < 0 ? SOON : wait;
  }

  private Step answer(Turn turn, ConversationContext before, PokeHandler.Keeper keeper) {
    if (turn.cancelRequested()) {
      return end(turn, new TurnState.Cancelled(""));
    }
    if (isOver(turn)) {
      return fail(turn, FailureCode.DEADLINE_EXCEEDED);
    }
    return switch (attempt.run(turn, before, keeper)) {
      case AttemptResult.Answered(var reply) -> end(turn, new TurnState.Completed(reply));
      case AttemptResult.Broken(ModelException failure) -> failed(turn, failure);
      case AttemptResult.Stopped(Stop.Reason reason, String text) -> stopped(turn, reason, text);
    };
  }

  private Step stopped(Turn turn, Stop.Reason reason, String text) {
    return switch (reason) {
      case LEASE_LOST -> new Step.Later(SOON);
      case CANCELLED -> end(turn, new TurnState.Cancelled(text));
      case DRAINING -> {
        workplace.turns().release(turn, workplace.clock().instant(), true);
        yield new Step.Later(Duration.ZERO);
      }
      case NO_FIRST_TOKEN, TOKEN_GAP, TOO_LONG ->
          failed(turn, new ModelException(FailureCode.PROVIDER_TIMEOUT, reason.name(), null));
    };
  }

  private Step failed(Turn turn, ModelException failure) {
    var spent = turn.attempts().spent();
    var wait = workplace.rules().backoff(spent);
    if (isOver(turn)) {
      return fail(turn, FailureCode.DEADLINE_EXCEEDED);
    }
    if (!failure.worthRetrying() || spent >= workplace.rules().maxAttempts()) {
      LOG.warn("attempt {} of {} failed for good", turn.attempt(), turn.job(), failure);
      return fail(turn, failure.code());
    }
    LOG.warn(
        "attempt {} of {} failed ({}); trying again in {} s",
        turn.attempt(),
        turn.job(),
        failure.getMessage(),
        wait.toSeconds());
    return retry(turn, wait);
  }

  private Step retry(Turn turn, Duration wait) {
    var at = workplace.clock().instant().plus(wait);
    if (workplace.turns().release(turn, at, false)) {
      var message =
          "The model did not answer. Trying again in %d seconds.".formatted(wait.toSeconds());
      endings.tell(
          turn,
          new ReplyEvent.JobWaiting(turn.job(), turn.attempt(), "backoff", at.toString(), message));
    }
    return new Step.Later(wait);
  }

  private boolean isOver(Turn turn) {
    return !workplace.clock().instant().isBefore(turn.clock().deadline());
  }

  private Step fail(Turn turn, FailureCode code) {
    var provider = turn.attempt() == 0 ? null : workplace.model().provider();
    return end(turn, new TurnState.Failed(code, provider));
  }

  private Step end(Turn turn, TurnState.Final how) {
    try {
      var ended = endings.end(turn, how);
      return ended == null ? new Step.Later(SOON) : new Step.Ended(ended);
    } catch (StoreUnavailableException e) {
      LOG.error("{} could not be ended; it is tried again when its lease is over", turn.job(), e);
      return new Step.Later(workplace.rules().lease());
    }
  }
}
