package dev.prosa.bench.model;

import dev.prosa.core.runtime.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A process in the world: it has a clock that may be wrong, it can be paused, and it can die. Its
/// chances are its own, so that what it does depends on no other's.
final class Proc implements Clockwork, Executor {

  /// When the world begins.
  static final Instant EPOCH = Instant.parse("2026-03-01T12:00:00Z");

  /// Makes the chances of neighbouring seeds have nothing in common (the golden ratio, as in
  /// `java.util.SplittableRandom`).
  static final long SPREAD = 0x9e3779b97f4a7c15L;

  private final Kernel kernel;
  private final String name;
  private final Duration skew;
  private final Random random;
  private final Set<Kernel.Task> tasks = new LinkedHashSet<>();
  private boolean dead;
  private long pausedUntil;
  private long deafUntil;

  /// @param skew how far its clock is ahead of the truth; negative when it is behind
  Proc(Kernel kernel, String name, long seed, Duration skew) {
    this.kernel = kernel;
    this.name = name;
    this.skew = skew;
    this.random = new Random(seed * SPREAD + name.hashCode());
  }

  String name() {
    return name;
  }

  Random random() {
    return random;
  }

  /// Whether something with this probability happens now.
  boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  Set<Kernel.Task> tasks() {
    return tasks;
  }

  boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
  }

  long pausedUntil() {
    return pausedUntil;
  }

  /// Stops it as `SIGSTOP` does, and lets it go on later.
  void pause(Duration time) {
    pausedUntil = kernel.nowNanos() + time.toNanos();
  }

  /// Has it miss what Redis tells it for a while, as when its subscription breaks.
  void deafen(Duration time) {
    deafUntil = kernel.nowNanos() + time.toNanos();
  }

  boolean isDeaf() {
    return deafUntil > kernel.nowNanos();
  }

  @Override
  public Instant instant() {
    return EPOCH.plusNanos(kernel.nowNanos()).plus(skew);
  }

  @Override
  public long nanoTime() {
    return kernel.nowNanos();
  }

  @Override
  public void start(String task, Runnable body) {
    kernel.start(this, name + "/" + task, body);
  }

  @Override
  public void execute(Runnable body) {
    start("task", body);
  }

  @Override
  public Bell bell() {
    return new TaskBell();
  }

  private static final class TaskBell implements Bell {

    private Kernel.@Nullable Task waiting;
    private boolean rung;

    @Override
    public void ring() {
      rung = true;
      if (waiting != null) {
        waiting.wake();
      }
    }

    @Override
    public void await(long nanos) throws InterruptedException {
      var task = Kernel.current();
      if (task == null) {
        throw new IllegalStateException("only a task may wait");
      }
      if (!rung && nanos > 0) {
        waiting = task;
        try {
          task.sleep(nanos);
        } finally {
          waiting = null;
        }
      }
      rung = false;
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
