package dev.prosa.core.limit;

import java.time.Duration;
import java.time.Instant;

/// Days of UTC, counted from 1 January 1970.
final class Days {

  private static final long SECONDS = Duration.ofDays(1).toSeconds();

  private Days() {}

  static long of(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SECONDS);
  }

  static Duration untilNext(Instant time) {
    return Duration.between(time, Instant.ofEpochSecond((of(time) + 1) * SECONDS));
  }
}
