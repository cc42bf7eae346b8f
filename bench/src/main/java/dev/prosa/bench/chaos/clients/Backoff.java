package dev.prosa.bench.chaos.clients;

import java.time.Duration;
import java.util.Random;

/// How long a client waits before it tries again: full jitter under a bound that doubles, as the
/// page does it. Clients without it would keep an overloaded server overloaded.
final class Backoff {

  private final long firstMillis;
  private final long longestMillis;
  private final Random dice;
  private int failures;

  /// @param first the bound after the first failure
  /// @param longest the bound after many
  Backoff(Duration first, Duration longest, Random dice) {
    this.firstMillis = first.toMillis();
    this.longestMillis = longest.toMillis();
    this.dice = dice;
  }

  /// It worked: the next failure is the first one again.
  void reset() {
    failures = 0;
  }

  /// The wait after one more failure.
  Duration next() {
    var bound = Math.min(longestMillis, firstMillis << Math.min(failures, 10));
    failures++;
    return Duration.ofMillis(1 + (long) (dice.nextDouble() * bound));
  }
}
