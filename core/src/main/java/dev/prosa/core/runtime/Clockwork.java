package dev.prosa.core.runtime;

import java.time.Instant;
import java.time.InstantSource;

/// The time, and the threads that do something while it passes. Whoever gets both from here can be
/// run by a scheduler that decides when time passes and who goes first. Thread-safe.
public interface Clockwork extends InstantSource {

  /// A time in nanoseconds that only differences are made of; it never goes backwards.
  long nanoTime();

  /// Starts a task on a thread of its own.
  ///
  /// @param name for people who look at threads
  void start(String name, Runnable task);

  /// A new bell that nobody has rung.
  Bell bell();

  /// Wakes one thread that waits. Rung before anybody waits, it wakes the next one who does.
  interface Bell {

    /// Wakes who waits, or the next one who will.
    void ring();

    /// Waits until the bell is rung or the time is over, whatever comes first.
    ///
    /// @param nanos not waited at all when it is zero or less
    void await(long nanos) throws InterruptedException;
  }

  /// The machine's own threads, with a clock for what is compared with others.
  static Clockwork of(InstantSource clock) {
    return new VirtualThreads(clock);
  }

  @Override
  Instant instant();
}
