package dev.prosa.worker.offline;

import java.time.Duration;

/// How fast an answer streams.
///
/// @param firstToken wait before the first word; zero or more
/// @param perToken wait before each further word; zero or more, otherwise an
///   `IllegalArgumentException`
public record Pace(Duration firstToken, Duration perToken) {

  /// Like a quick hosted model.
  public static final Pace TYPICAL = new Pace(Duration.ofMillis(150), Duration.ofMillis(25));

  /// No waits at all.
  public static final Pace IMMEDIATE = new Pace(Duration.ZERO, Duration.ZERO);

  public Pace {
    if (firstToken.isNegative() || perToken.isNegative()) {
      throw new IllegalArgumentException(
          "pace: " + firstToken + " and " + perToken + " must not be negative");
    }
  }

  Pace withPerToken(Duration slower) {
    return new Pace(firstToken, slower);
  }
}
