package dev.prosa.local.chat;

import java.time.Duration;

/// Time since it was started; changes of the wall clock do not matter.
///
/// @param startNanos of [System#nanoTime]
record Stopwatch(long startNanos) {

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
