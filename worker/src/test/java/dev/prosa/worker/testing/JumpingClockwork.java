package dev.prosa.worker.testing;

import dev.prosa.core.runtime.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Real threads in real time, which jumps ahead when a test says so: what takes a minute is over in
/// a moment, and what has a minute has it on the slowest machine. Thread-safe.
public final class JumpingClockwork implements Clockwork {

  /// How soon those who wait notice a jump.
  private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();

  private final Clockwork real;
  private final AtomicLong ahead = new AtomicLong();

  /// @param clock for what is compared with others; it does not jump
  public JumpingClockwork(InstantSource clock) {
    this.real = Clockwork.of(clock);
  }

  /// Lets so much time pass at once for everybody who waits.
  public void jump(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  @Override
  public Instant instant() {
    return real.instant();
  }

  @Override
  public long nanoTime() {
    return real.nanoTime() + ahead.get();
  }

  @Override
  public void start(String name, Runnable task) {
    real.start(name, task);
  }

  @Override
  public Bell bell() {
    return new JumpingBell();
  }

  private final class JumpingBell implements Bell {

    private final Semaphore rung = new Semaphore(0);

    @Override
    public void ring() {
      rung.release();
    }

    @Override
    public void await(long nanos) throws InterruptedException {
      var begin = nanoTime();
      while (nanoTime() - begin < nanos) {
        if (rung.tryAcquire(Math.min(LOOK_NANOS, nanos), TimeUnit.NANOSECONDS)) {
          rung.drainPermits();
          return;
        }
      }
    }
  }
}
