package dev.prosa.bench.gateway;

import java.time.Duration;
import java.util.Arrays;

/// Times that were measured, a great many of them. Thread-safe.
final class Latencies {

  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count] = time;
    count++;
  }

  synchronized int count() {
    return count;
  }

  /// The smallest time that at least `percent` of all do not exceed (nearest rank); a day when
  /// nothing was measured, which is within no limit.
  ///
  /// @param percent more than 0, at most 100
  synchronized Duration percentile(double percent) {
    if (count == 0) {
      return Duration.ofDays(1);
    }
    var sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(int) Math.ceil(count * percent / 100) - 1]);
  }
}
