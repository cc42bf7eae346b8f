package dev.prosa.core.reply;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.log.LogKey;
import dev.prosa.core.log.LogScope;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops a job for its owner, whoever has it. Thread-safe.
///
/// @param turns where the wish is noted
/// @param channel makes it quick
public record Cancellation(TurnStore turns, ReplyChannel channel) {

  private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

  /// Asks for a job to stop. One that nobody works on ends here; whoever works on one ends it soon
  /// and keeps what is written; one that has ended stays as it is.
  ///
  /// @return the turn as it stands now; null when there is none, or it is not the owner's
  /// @throws dev.prosa.core.turn.StoreUnavailableException when the store does not answer
  public @Nullable Turn request(OwnerId owner, JobId job) {
    var known = turns.find(job);
    var turn = known == null || !known.owner().equals(owner) ? null : turns.requestCancel(job);
    if (turn == null) {
      return null;
    }
    try (var _ = LogScope.of(turn)) {
      return stop(turn);
    }
  }

  private Turn stop(Turn turn) {
    return switch (turn.state()) {
      case TurnState.Accepted _ -> end(turn);
      case TurnState.Running _ -> {
        tell(turn, () -> channel.requestStop(turn.job()));
        yield turn;
      }
      case TurnState.Final _ -> turn;
    };
  }

  private Turn end(Turn turn) {
    return switch (turns.finish(turn, new TurnState.Cancelled(""))) {
      case FinishOutcome.Finished(Turn ended) -> {
        LOG.atInfo()
            .addKeyValue(LogKey.STATE.key(), ended.state().name())
            .log("{} is {} while it waits", ended.job(), ended.state().name());
        tell(ended, () -> channel.publish(ended.owner(), ReplyEvent.ofFinal(ended)));
        yield ended;
      }
      // whoever was faster has found the wish, or will at the next heartbeat
      case FinishOutcome.Beaten(Turn other) -> other == null ? turn : other;
    };
  }

  private static void tell(Turn turn, Runnable message) {
    try {
      message.run();
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; the stop of {} shows later", e.getMessage(), turn.job());
    }
  }
}
