package dev.prosa.worker.consume;

import dev.prosa.core.queue.JobQueue;
import dev.prosa.worker.process.PokeHandler;
import java.time.Duration;

/// Receives pokes and has them served, until it is closed.
public sealed interface Consumption extends AutoCloseable permits PokeConsumer {

  /// Begins to receive.
  ///
  /// @param permits how many pokes are served at once; at least 1
  /// @param pollWait how long one receive waits for a message; 0 to 20 s
  static Consumption start(JobQueue queue, PokeHandler handler, int permits, Duration pollWait) {
    var consumer = new PokeConsumer(queue, handler, permits, pollWait);
    consumer.start();
    return consumer;
  }

  /// Stops receiving, has every turn given back, and waits for it, with a limit.
  @Override
  void close();
}
