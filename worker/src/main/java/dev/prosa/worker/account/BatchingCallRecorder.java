package dev.prosa.worker.account;

import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.ModelCall;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes batches from one task, which begins with the first call that waits and ends when none
/// does: an idle worker has no thread for this, and a simulation decides when the task goes on.
final class BatchingCallRecorder implements CallRecorder {

  /// Four requests of 25, the most that DynamoDB takes at once (`BatchWriteItem`).
  static final int BATCH = 100;

  static final int LIMIT = 10_000;
  static final Duration DELAY = Duration.ofMillis(250);
  static final Duration CLOSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(BatchingCallRecorder.class);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  private final CallLedger ledger;
  private final Metrics metrics;
  private final Clockwork clockwork;

  /// Rung when the writer need not wait any longer.
  private final Clockwork.Bell work;

  /// Rung when the writer ends.
  private final Clockwork.Bell idle;

  private final Object lock = new Object();
  private final WaitingCalls waiting = new WaitingCalls(LIMIT);
  private final Forgotten forgotten;
  private boolean writing;
  private boolean closing;
  private boolean closed;

  /// Whether a call waits that was in no batch yet.
  private boolean fresh;

  /// When the first of those is due.
  private long dueNanos;

  BatchingCallRecorder(CallLedger ledger, Metrics metrics, Clockwork clockwork) {
    this.ledger = ledger;
    this.metrics = metrics;
    this.clockwork = clockwork;
    this.work = clockwork.bell();
    this.idle = clockwork.bell();
    this.forgotten = new Forgotten(metrics, clockwork);
  }

  @Override
  public void record(ModelCall call) {
    metrics.called(call);
    boolean begins;
    synchronized (lock) {
      if (closed) {
        forgotten.count(1);
        return;
      }
      if (!fresh) {
        fresh = true;
        dueNanos = clockwork.nanoTime() + DELAY.toNanos();
      }
      if (waiting.add(call)) {
        forgotten.count(1);
      }
      begins = !writing;
      writing = true;
      if (waiting.size() == BATCH) {
        work.ring();
      }
    }
    if (begins) {
      clockwork.start("calls", this::write);
    }
  }

  private void write() {
    try {
      var failures = 0;
      for (var batch = next(0); !batch.isEmpty(); batch = next(failures)) {
        failures = write(batch, failures);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopWriting();
    }
  }

  /// The batch to write once it is due; empty when there is none, and then this task ends.
  private List<ModelCall> next(int failures) throws InterruptedException {
    awaitDue(failures);
    synchronized (lock) {
      var batch = closed ? List.<ModelCall>of() : waiting.first(BATCH);
      fresh = waiting.size() > batch.size();
      if (batch.isEmpty()) {
        stopWriting();
      }
      return batch;
    }
  }

  private void stopWriting() {
    synchronized (lock) {
      writing = false;
      idle.ring();
    }
  }

  private void awaitDue(int failures) throws InterruptedException {
    var since = clockwork.nanoTime();
    for (var left = left(failures, since); left > 0; left = left(failures, since)) {
      work.await(left);
    }
  }

  /// How long the writer still waits; 0 or less when it need not, or when nothing is there.
  ///
  /// @param since when it began to wait
  private long left(int failures, long since) {
    synchronized (lock) {
      if (closed || waiting.isEmpty()) {
        return 0;
      }
      var now = clockwork.nanoTime();
      if (failures > 0) {
        var pause = closing ? DELAY : pause(failures);
        return since + pause.toNanos() - now;
      }
      return closing || waiting.size() >= BATCH ? 0 : dueNanos - now;
    }
  }

  /// 0.5 s, 1 s, 2 s and so on, 10 s at most.
  private static Duration pause(int failures) {
    var pause = DELAY.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
  }

  /// Writes a batch; what fails for a reason that passes goes on waiting.
  ///
  /// @param failures how often it failed before
  /// @return how often it failed in all; 0 when it need not be written again
  private int write(List<ModelCall> batch, int failures) {
    try {
      ledger.record(batch);
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "{} calls are not written down yet, again in {} ms: {}",
          batch.size(),
          pause(failures + 1).toMillis(),
          e.getMessage());
      return failures + 1;
    } catch (RuntimeException e) {
      LOG.error("{} calls cannot be written down; going on with the next ones", batch.size(), e);
      forgotten.count(batch.size());
    }
    synchronized (lock) {
      waiting.written(batch);
    }
    return 0;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      work.ring();
    }
    try {
      awaitIdle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      closed = true;
      work.ring();
      forgotten.count(waiting.size());
    }
    forgotten.report();
  }

  private void awaitIdle() throws InterruptedException {
    var until = clockwork.nanoTime() + CLOSE.toNanos();
    while (isWriting() && clockwork.nanoTime() < until) {
      idle.await(until - clockwork.nanoTime());
    }
  }

  private boolean isWriting() {
    synchronized (lock) {
      return writing;
    }
  }
}
