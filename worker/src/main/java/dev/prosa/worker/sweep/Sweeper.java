package dev.prosa.worker.sweep;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sweeps every now and then, on one thread.
final class Sweeper implements Sweeping {

  /// Soon: where workers die often, a sweep that waits for its turn first would hardly ever run.
  private static final Duration FIRST = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final Runnable sweep;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sweep").factory());

  Sweeper(Runnable sweep) {
    this.sweep = sweep;
  }

  void start(Duration every) {
    Future<?> _ =
        timer.scheduleWithFixedDelay(
            this::sweepSafely, FIRST.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sweepSafely() {
    try {
      sweep.run();
    } catch (RuntimeException e) {
      LOG.warn("the sweep broke off; the next one takes it up again", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
