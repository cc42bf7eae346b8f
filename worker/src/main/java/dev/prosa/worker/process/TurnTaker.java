package dev.prosa.worker.process;

import dev.prosa.core.log.LogScope;
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
import dev.prosa.worker.llm.ModelException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims one turn, makes one attempt, and draws the conclusion.
final class TurnTaker {

  private static final Logger LOG = LoggerFactory.getLogger(TurnTaker.class);

  /// When it is not known who has the turn, the next look tells.
  private static final Duration SOON = Duration.ofSeconds(1);

  /// Another provider is ready: there is nothing to wait for.
  private static final Duration ELSEWHERE = Duration.ZERO;

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
      case ClaimOutcome.Claimed(Turn turn) -> about(turn, () -> answer(turn, before, keeper));
      case ClaimOutcome.Busy(Instant until) -> new Step.Later(untilFree(until));
      case ClaimOutcome.AlreadyFinal(Turn turn) -> new Step.Over(turn);
      case ClaimOutcome.Exhausted(Turn turn) ->
          about(turn, () -> fail(turn, FailureCode.ATTEMPTS_EXHAUSTED, null));
      case ClaimOutcome.Missing _ -> new Step.Gone();
    };
  }

  /// The poke may have named another turn.
  private static Step about(Turn turn, Supplier<Step> work) {
    try (var _ = LogScope.of(turn)) {
      return work.get();
    }
  }

  private Duration untilFree(Instant until) {
    return max(SOON, Duration.between(workplace.clock().instant(), until));
  }

  private Step answer(Turn turn, ConversationContext before, PokeHandler.Keeper keeper) {
    if (turn.cancelRequested()) {
      return end(turn, new TurnState.Cancelled(""));
    }
    if (isOver(turn)) {
      return fail(turn, FailureCode.DEADLINE_EXCEEDED, null);
    }
    if (!workplace.prompts().knows(turn.promptName())) {
      LOG.error(
          "{} names the system prompt {}, which this worker's settings do not have; it fails",
          turn.job(),
          turn.promptName());
      return fail(turn, FailureCode.PROMPT_UNKNOWN, null);
    }
    return switch (attempt.run(turn, before, keeper)) {
      case AttemptResult.Answered(var reply) -> end(turn, new TurnState.Completed(reply));
      case AttemptResult.NobodyAsked() -> waitForProviders(turn, Duration.ZERO);
      case AttemptResult.Broken broken -> failed(turn, broken);
      case AttemptResult.Stopped stopped -> stopped(turn, stopped);
    };
  }

  private Step stopped(Turn turn, AttemptResult.Stopped stopped) {
    return switch (stopped.reason()) {
      case LEASE_LOST -> lost(turn);
      case CANCELLED -> end(turn, new TurnState.Cancelled(stopped.text()));
      case DRAINING -> {
        var released = workplace.turns().release(turn, workplace.clock().instant(), true);
        yield released ? new Step.Later(Duration.ZERO) : lost(turn);
      }
      case NO_FIRST_TOKEN, TOKEN_GAP, TOO_LONG ->
          failed(
              turn,
              new AttemptResult.Broken(
                  new ModelException(
                      Kind.BROKEN, FailureCode.PROVIDER_TIMEOUT, stopped.reason().name(), null),
                  stopped.provider(),
                  !stopped.text().isEmpty()));
    };
  }

  private Step failed(Turn turn, AttemptResult.Broken broken) {
    var failure = broken.failure();
    var spent = turn.attempts().spent();
    if (isOver(turn)) {
      return fail(turn, FailureCode.DEADLINE_EXCEEDED, broken.provider());
    }
    if (failure.worthRetrying() && !failure.countsAsTry() && !broken.begun()) {
      return waitForProviders(turn, Workplace.Rules.backoff(turn.attempt()));
    }
    if (!failure.worthRetrying() || spent >= workplace.rules().maxAttempts()) {
      LOG.warn("attempt {} of {} failed for good", turn.attempt(), turn.job(), failure);
      return fail(turn, failure.code(), broken.provider());
    }
    var wait = broken.begun() && canGoElsewhere(turn) ? ELSEWHERE : backoff(turn, spent);
    LOG.warn(
        "attempt {} of {} failed ({}); trying again in {} s",
        turn.attempt(),
        turn.job(),
        failure.getMessage(),
        wait.toSeconds());
    return retry(turn, wait);
  }

  /// The next try begins with another provider, so what it waits for is only that one is there. A
  /// second break in the middle of a reply waits like any other.
  private boolean canGoElsewhere(Turn turn) {
    return turn.attempts().spent() == 1 && workplace.providers().hasAnother(turn.model());
  }

  /// The usual wait, or longer when nobody takes calls before.
  private Duration backoff(Turn turn, int failed) {
    return max(Workplace.Rules.backoff(failed), untilProviders(turn));
  }

  private Duration untilProviders(Turn turn) {
    var retryAt = workplace.providers().retryAt(turn.model());
    return retryAt == null ? Duration.ZERO : Duration.between(workplace.clock().instant(), retryAt);
  }

  /// Gives the turn back until a provider may be there, at most until its deadline. No model worked
  /// on it, so it does not count as a try.
  ///
  /// @param least how long it waits at least
  private Step waitForProviders(Turn turn, Duration least) {
    var now = workplace.clock().instant();
    var wait = max(least, untilProviders(turn));
    var left = Duration.between(now, turn.clock().deadline());
    var shorter = max(SOON, wait.compareTo(left) < 0 ? wait : left);
    var at = now.plus(shorter);
    LOG.info("{} waits for a provider until {}", turn.job(), at);
    if (!workplace.turns().release(turn, at, true)) {
      return lost(turn);
    }
    endings.tell(turn, ReplyEvent.JobWaiting.providersDown(turn, at));
    return new Step.Later(shorter);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Step retry(Turn turn, Duration wait) {
    var at = workplace.clock().instant().plus(wait);
    if (!workplace.turns().release(turn, at, false)) {
      return lost(turn);
    }
    var message =
        wait.isZero()
            ? "The model broke off. Another one is asked."
            : "The model did not answer. Trying again in %d seconds.".formatted(wait.toSeconds());
    endings.tell(
        turn,
        new ReplyEvent.JobWaiting(
            turn.job(), turn.attempt(), "backoff", at.toString(), message, turn.traceId()));
    return new Step.Later(wait);
  }

  /// Whoever holds a turn that was taken away settles it. One that was erased has nobody but us to
  /// tell what its calls took.
  private Step lost(Turn turn) {
    if (workplace.turns().find(turn.job()) != null) {
      return new Step.Later(SOON);
    }
    LOG.info("{} was erased while it was answered", turn.job());
    workplace.books().ended().accept(turn);
    return new Step.Gone();
  }

  private boolean isOver(Turn turn) {
    return !workplace.clock().instant().isBefore(turn.clock().deadline());
  }

  /// @param provider who was asked last; null when it is not known
  private Step fail(Turn turn, FailureCode code, @Nullable String provider) {
    return end(turn, new TurnState.Failed(code, provider));
  }

  private Step end(Turn turn, TurnState.Final how) {
    try {
      var ended = endings.end(turn, how);
      return ended == null ? lost(turn) : new Step.Ended(ended);
    } catch (StoreUnavailableException e) {
      LOG.error("{} could not be ended; it is tried again when its lease is over", turn.job(), e);
      return new Step.Later(workplace.rules().lease());
    }
  }
}
