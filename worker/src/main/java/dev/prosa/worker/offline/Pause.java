package dev.prosa.worker.offline;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A wait that ends early, with an exception, when the thread is interrupted.
final class Pause {

  private Pause() {}

  /// Waits at least as long as asked; zero returns at once.
  static void of(Duration length) throws InterruptedIOException {
    var end = System.nanoTime() + length.toNanos();
    for (var left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the offline model is closing");
      }
    }
  }
}
