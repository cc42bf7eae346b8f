package dev.prosa.core.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tasks on virtual threads, in real time.
final class VirtualThreads implements Clockwork {

  private final InstantSource clock;

  VirtualThreads(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void start(String name, Runnable task) {
    Thread.ofVirtual().name(name).start(task);
  }

  @Override
  public Bell bell() {
    return new SemaphoreBell();
  }

  private static final class SemaphoreBell implements Bell {

    private final Semaphore rung = new Semaphore(0);

    @Override
    public void ring() {
      rung.release();
    }

    @Override
    public void await(long nanos) throws InterruptedException {
      if (rung.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        rung.drainPermits();
      }
    }
  }
}
