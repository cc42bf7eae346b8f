package dev.prosa.worker.sweep;

import dev.prosa.core.erase.Erasure;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.worker.process.Endings;
import java.time.Duration;
import java.time.InstantSource;

/// Looks for forgotten turns and unfinished erasures every now and then, until it is closed.
public sealed interface Sweeping extends AutoCloseable permits Sweeper {

  /// Begins to look.
  ///
  /// @param every the pause between two looks; the first one comes after 3 s
  static Sweeping start(Brooms brooms, InstantSource clock, Duration every) {
    var turns = new Sweep(brooms.endings(), brooms.queue(), clock);
    var erasures = new ErasureSweep(brooms.erasure(), brooms.contexts(), clock);
    var sweeper =
        new Sweeper(() -> {
          turns.run();
          erasures.run();
        });
    sweeper.start(every);
    return sweeper;
  }

  /// What it takes to sweep.
  ///
  /// @param endings ends turns
  /// @param queue where pokes go
  /// @param erasure deletes
  /// @param contexts forgets
  record Brooms(Endings endings, JobQueue queue, Erasure erasure, ContextCache contexts) {}

  /// Looks for turns once, on the calling thread.
  ///
  /// @throws dev.prosa.core.turn.StoreUnavailableException when the store does not answer
  /// @throws dev.prosa.core.queue.QueueUnavailableException when the queue does not
  static void once(Endings endings, JobQueue queue, InstantSource clock) {
    new Sweep(endings, queue, clock).run();
  }

  @Override
  void close();
}
