package dev.prosa.worker.sweep;

import dev.prosa.core.log.LogScope;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Lease;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.process.Endings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One look at the forgotten turns: sends a new poke for open ones whose poke was lost, and fails
/// those past their deadline. Many workers may look at once: the conditional postponement lets one
/// of them send.
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /// A turn that waits in a long queue is not forgotten: its next poke comes after this time.
  private static final Duration NEXT_POKE = Duration.ofSeconds(60);

  private static final int LIMIT = 500;

  private final Endings endings;
  private final JobQueue queue;
  private final InstantSource clock;

  Sweep(Endings endings, JobQueue queue, InstantSource clock) {
    this.endings = endings;
    this.queue = queue;
    this.clock = clock;
  }

  void run() {
    endings
        .database()
        .open()
        .overdue(LIMIT)
        .forEach(job -> {
          try (var _ = LogScope.of(job, null)) {
            lookAtUnlessBroken(job);
          }
        });
  }

  /// One turn that cannot be looked at must not hide the others for ever.
  private void lookAtUnlessBroken(JobId job) {
    try {
      lookAt(job);
    } catch (StoreUnavailableException | QueueUnavailableException away) {
      throw away;
    } catch (RuntimeException e) {
      LOG.error("{} cannot be looked at; going on with the others", job, e);
    }
  }

  private void lookAt(JobId job) {
    var turn = endings.database().turns().find(job);
    // what is not there is in the index only because the index is behind the table
    if (turn != null) {
      try (var _ = LogScope.of(turn)) {
        lookAt(turn);
      }
    }
  }

  private void lookAt(Turn turn) {
    var job = turn.job();
    var now = clock.instant();
    if (!turn.state().isOpen()) {
      settle(turn);
    } else if (!now.isBefore(turn.clock().deadline())) {
      LOG.info("{} is past its deadline", job);
      endings.end(turn, new TurnState.Failed(FailureCode.DEADLINE_EXCEEDED, null));
    } else if (!isHeld(turn, now) && endings.database().open().postpone(job, nextLook(turn, now))) {
      LOG.info("nobody looks after {}; sending a new poke", job);
      queue.send(new Poke(job, turn.traceparent()), turn.owner());
    }
  }

  /// What is neither open nor failed is in the index only because the index is behind the table.
  private void settle(Turn turn) {
    if (turn.state() instanceof TurnState.Failed) {
      LOG.info("{} failed and nobody saw to its dead letter", turn.job());
      endings.settle(turn);
    }
  }

  private static boolean isHeld(Turn turn, Instant now) {
    return turn.state() instanceof TurnState.Running(Lease lease) && lease.until().isAfter(now);
  }

  private static Instant nextLook(Turn turn, Instant now) {
    var next = now.plus(NEXT_POKE);
    return next.isBefore(turn.clock().deadline()) ? next : turn.clock().deadline();
  }
}
