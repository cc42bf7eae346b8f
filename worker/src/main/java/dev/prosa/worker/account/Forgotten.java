package dev.prosa.worker.account;

import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.runtime.Clockwork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts calls that are not written down, and says so once a minute. Thread-safe.
final class Forgotten {

  private static final Logger LOG = LoggerFactory.getLogger(Forgotten.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Metrics metrics;
  private final Clockwork clockwork;
  private int unsaid;
  private boolean said;
  private long saidNanos;

  Forgotten(Metrics metrics, Clockwork clockwork) {
    this.metrics = metrics;
    this.clockwork = clockwork;
  }

  synchronized void count(int calls) {
    if (calls == 0) {
      return;
    }
    metrics.unrecorded(calls);
    unsaid += calls;
    if (!said || clockwork.nanoTime() - saidNanos >= MINUTE.toNanos()) {
      report();
    }
  }

  /// Says what was not said yet.
  synchronized void report() {
    if (unsaid == 0) {
      return;
    }
    LOG.warn("{} calls are not written down and forgotten; the ledger shows less", unsaid);
    unsaid = 0;
    said = true;
    saidNanos = clockwork.nanoTime();
  }
}
