package dev.prosa.worker.process;

import dev.prosa.core.log.LogKey;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.account.Books;
import dev.prosa.worker.account.Progress;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends turns: first in the table, then in the dead-letter queue when it failed, then on the
/// screens. Thread-safe.
///
/// @param database the truth
/// @param queue for dead letters
/// @param channel to the browsers
/// @param books have what a turn took settled
public record Endings(TurnDatabase database, JobQueue queue, ReplyChannel channel, Books books) {

  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  /// Four tries within about a second and a half, well inside a lease: a reply that was paid for is
  /// worth them.
  private static final Retry RETRY =
      Retry.of(
          "ending",
          RetryConfig.custom()
              .maxAttempts(4)
              .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(200, 2))
              .retryExceptions(StoreUnavailableException.class, QueueUnavailableException.class)
              .build());

  /// Ends a turn, unless somebody was faster.
  ///
  /// @param seen as it was claimed or read
  /// @return the turn as it ended, by us or by others; null when it is open or gone
  /// @throws StoreUnavailableException when the store stays away; the turn may be open or ended
  public @Nullable Turn end(Turn seen, TurnState.Final how) {
    var ended =
        switch (retrying(() -> database.turns().finish(seen, how))) {
          case FinishOutcome.Finished(Turn turn) -> finished(turn);
          case FinishOutcome.Beaten(Turn turn) -> turn;
        };
    if (ended == null || ended.state().isOpen()) {
      LOG.info("{} is in other hands; leaving it to them", seen.job());
      return null;
    }
    announce(ended);
    return ended;
  }

  private Turn finished(Turn turn) {
    LOG.atInfo()
        .addKeyValue(LogKey.STATE.key(), turn.state().name())
        .log("{} is {} after attempt {}", turn.job(), turn.state().name(), turn.attempt());
    books.progress().accept(new Progress.Ended(turn));
    if (turn.state() instanceof TurnState.Failed failed) {
      bury(turn, failed);
    }
    return turn;
  }

  /// Puts a failed turn into the dead-letter queue. When this process dies before it is noted, or
  /// the queue stays away, the sweeper does it again: twice there is better than not at all.
  private void bury(Turn turn, TurnState.Failed failed) {
    try {
      retrying(() -> {
        queue.deadLetter(letter(turn, failed));
        database.open().settle(turn);
        return turn;
      });
    } catch (QueueUnavailableException | StoreUnavailableException e) {
      LOG.warn("{} is not in the dead-letter queue; the sweeper tries again", turn.job(), e);
    }
  }

  /// Does what is left to do for a turn that failed a while ago.
  ///
  /// @param turn in state [TurnState.Failed]
  public void settle(Turn turn) {
    if (turn.state() instanceof TurnState.Failed failed) {
      bury(turn, failed);
      announce(turn);
    }
  }

  private static DeadLetter letter(Turn turn, TurnState.Failed failed) {
    return new DeadLetter(
        new Poke(turn.job(), turn.traceparent()).toBody(),
        failed.code().code(),
        turn.attempts().spent(),
        failed.provider(),
        turn.traceparent());
  }

  /// Tells the browsers how a turn ended and has it settled; both may have been done before.
  ///
  /// @param turn in a final state
  public void announce(Turn turn) {
    tell(turn, ReplyEvent.ofFinal(turn));
    books.ended().accept(turn);
  }

  /// Tells the browsers something, if they can be reached.
  void tell(Turn turn, ReplyEvent event) {
    try {
      channel.publish(turn.owner(), event);
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; the browsers ask for {} themselves", e.getMessage(), turn.job());
    }
  }

  private static <T> T retrying(Supplier<T> call) {
    return Retry.decorateSupplier(RETRY, call).get();
  }
}
