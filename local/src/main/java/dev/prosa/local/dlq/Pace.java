package dev.prosa.local.dlq;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Spreads actions over time: the n-th begins no earlier than n / rate after the first.
final class Pace {

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final InstantSource clock;
  private final DlqTool.Sleeper sleeper;
  private final Instant begin;
  private long done;

  Pace(double perSecond, InstantSource clock, DlqTool.Sleeper sleeper) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.sleeper = sleeper;
    this.begin = clock.instant();
  }

  /// Waits until the next action may begin.
  void await() {
    var due = begin.plusNanos((long) (done++ * NANOS / perSecond));
    var left = Duration.between(clock.instant(), due);
    if (left.isPositive()) {
      sleeper.sleep(left);
    }
  }
}
