package dev.prosa.worker.testing;

import dev.prosa.core.runtime.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A clockwork whose time jumps as soon as somebody waits, on the thread of the test. What is
/// planned happens on the way.
public final class ManualClockwork implements Clockwork {

  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private final TreeMap<Long, Runnable> planned = new TreeMap<>();
  private long nanos;

  /// Plans something for a time after the beginning.
  public void at(Duration time, Runnable event) {
    planned.put(time.toNanos(), event);
  }

  /// The time since the beginning.
  public Duration passed() {
    return Duration.ofNanos(nanos);
  }

  @Override
  public Instant instant() {
    return BEGIN.plusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  /// Runs the task here and now.
  @Override
  public void start(String name, Runnable task) {
    task.run();
  }

  @Override
  public Bell bell() {
    return new ManualBell();
  }

  private final class ManualBell implements Bell {

    private boolean rung;

    @Override
    public void ring() {
      rung = true;
    }

    @Override
    public void await(long waitNanos) {
      var until = nanos + waitNanos;
      while (!rung && nanos < until) {
        step(until);
      }
      rung = false;
    }
  }

  private void step(long until) {
    Map.Entry<Long, Runnable> next = planned.firstEntry();
    if (next == null || next.getKey() > until) {
      nanos = until;
    } else {
      nanos = next.getKey();
      planned.pollFirstEntry();
      next.getValue().run();
    }
  }
}
