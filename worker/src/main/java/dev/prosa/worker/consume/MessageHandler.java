package dev.prosa.worker.consume;

import dev.prosa.core.log.LogKey;
import dev.prosa.core.log.LogScope;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.process.PokeOutcome;
import dev.prosa.worker.process.Workplace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has one message served and draws the conclusion for the queue: a message is deleted only after
/// its job is final. Thread-safe.
public final class MessageHandler {

  private static final Logger LOG = LoggerFactory.getLogger(MessageHandler.class);

  private final JobQueue queue;
  private final PokeHandler handler;

  /// @param queue where the messages come from
  /// @param handler serves the pokes in them
  public MessageHandler(JobQueue queue, PokeHandler handler) {
    this.queue = queue;
    this.handler = handler;
  }

  /// Serves one message; blocks until that is done. Whatever goes wrong is logged, and the queue
  /// shows the message again.
  public void handle(ReceivedPoke message) {
    var poke = Poke.parse(message.body());
    guarded(
        message,
        poke,
        () -> {
          if (poke == null) {
            bury(message);
          } else {
            serve(message, poke);
          }
        });
  }

  /// Hands a message back unserved: another worker may take it at once.
  void giveBack(ReceivedPoke message) {
    guarded(
        message, Poke.parse(message.body()), () -> queue.changeVisibility(message, Duration.ZERO));
  }

  private void guarded(ReceivedPoke message, @Nullable Poke poke, Runnable task) {
    try (var _ = scope(poke)) {
      guarded(message, poke == null ? "nobody" : poke.job().value(), task);
    }
  }

  private static LogScope scope(@Nullable Poke poke) {
    return poke == null
        ? LogScope.of(LogKey.JOB_ID, null)
        : LogScope.of(poke.job(), poke.traceId());
  }

  /// @param job for whom it is, for people
  private void guarded(ReceivedPoke message, String job, Runnable task) {
    try {
      task.run();
    } catch (StoreUnavailableException away) {
      // a conflict in the store is over at once and a turn must not wait for its lease because of
      // it; a store that stays away must not use up the receive count
      var pause = Workplace.Rules.backoff(message.receiveCount());
      LOG.warn(
          "poke of {} was not served ({}); visible again in {} s",
          job,
          away.getMessage(),
          pause.toSeconds());
      handBack(message, pause);
    } catch (QueueUnavailableException away) {
      LOG.warn(
          "poke of {} was not served ({}); visible again within {} s",
          job,
          away.getMessage(),
          SqsQueues.VISIBILITY_TIMEOUT.toSeconds());
    } catch (RuntimeException e) {
      LOG.error(
          "poke of {} failed; visible again within {} s",
          job,
          SqsQueues.VISIBILITY_TIMEOUT.toSeconds(),
          e);
    }
  }

  private void handBack(ReceivedPoke message, Duration pause) {
    try {
      queue.changeVisibility(message, pause);
    } catch (QueueUnavailableException away) {
      LOG.warn("a message was not handed back ({}); it comes back by itself", away.getMessage());
    }
  }

  private void serve(ReceivedPoke message, Poke poke) {
    PokeHandler.Keeper keeper = () -> queue.changeVisibility(message, SqsQueues.VISIBILITY_TIMEOUT);
    switch (handler.serve(poke, keeper)) {
      case PokeOutcome.Done() -> {
        queue.delete(message);
        handler.goOn(poke.job());
      }
      case PokeOutcome.RetryLater(Duration wait) -> queue.changeVisibility(message, wait);
    }
  }

  private void bury(ReceivedPoke message) {
    LOG.warn("a message is not a poke; moving it to the dead-letter queue");
    queue.deadLetter(new DeadLetter(message.body(), DeadLetter.MALFORMED, 0, null, null));
    queue.delete(message);
  }
}
