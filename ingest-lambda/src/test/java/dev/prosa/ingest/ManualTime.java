package dev.prosa.ingest;

import dev.prosa.core.runtime.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A clock that only moves when it is told to, or when somebody waits, who then waits no time at
/// all. Thread-safe.
final class ManualTime implements Clockwork {

  static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private final Queue<Wait> waits = new ArrayDeque<>();
  private Instant now = BEGIN;

  /// What happens at the end of a wait.
  @FunctionalInterface
  interface Wait {
    void end() throws InterruptedException;
  }

  /// Something happens when somebody waits next, or after those who wait before.
  synchronized void whenSomebodyWaits(Wait event) {
    waits.add(event);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  /// The time since the beginning.
  Duration passed() {
    return Duration.between(BEGIN, instant());
  }

  @Override
  public long nanoTime() {
    return passed().toNanos();
  }

  @Override
  public void start(String name, Runnable task) {
    throw new UnsupportedOperationException("no handler starts threads");
  }

  @Override
  public Bell bell() {
    return new ManualBell();
  }

  private final class ManualBell implements Bell {

    @Override
    public void ring() {
      throw new UnsupportedOperationException("nobody rings");
    }

    @Override
    public void await(long nanos) throws InterruptedException {
      pass(Duration.ofNanos(nanos));
      var event = next();
      if (event != null) {
        event.end();
      }
    }
  }

  private synchronized @Nullable Wait next() {
    return waits.poll();
  }
}
