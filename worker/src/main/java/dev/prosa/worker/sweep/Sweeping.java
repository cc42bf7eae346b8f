package dev.prosa.worker.sweep;

import dev.prosa.core.queue.JobQueue;
import dev.prosa.worker.process.Endings;
import java.time.Duration;
import java.time.InstantSource;

/// Looks for forgotten turns every now and then, until it is closed.
public sealed interface Sweeping extends AutoCloseable permits Sweeper {

  /// Begins to look.
  ///
  /// @param every the pause between two looks; the first one comes after 3 s
  static Sweeping start(Endings endings, JobQueue queue, InstantSource clock, Duration every) {
    var sweeper = new Sweeper(new Sweep(endings, queue, clock));
    sweeper.start(every);
    return sweeper;
  }

  /// Looks once, on the calling thread.
  ///
  /// @throws dev.prosa.core.turn.StoreUnavailableException when the store does not answer
  /// @throws dev.prosa.core.queue.QueueUnavailableException when the queue does not
  static void once(Endings endings, JobQueue queue, InstantSource clock) {
    new Sweep(endings, queue, clock).run();
  }

  @Override
  void close();
}
