package dev.prosa.worker.llm;

import java.time.Duration;

/// When a model is left alone.
///
/// @param errors more errors than this within the window open the breaker; at least 1
/// @param window how long an error counts; more than zero
/// @param firstWait how long the breaker stays open the first time; it doubles each time that no
///   probe comes through, up to [#LONGEST_WAIT]
public record BreakerRules(int errors, Duration window, Duration firstWait) {

  /// More than 5 errors in 10 s, then 5 s of rest.
  public static final BreakerRules DEFAULT =
      new BreakerRules(5, Duration.ofSeconds(10), Duration.ofSeconds(5));

  /// People wait for the answer: a provider that is back is found within half a minute.
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /// How many calls a half-open breaker lets through before one of them has brought text.
  static final int PROBES = 3;

  public BreakerRules {
    if (errors < 1 || !window.isPositive() || !firstWait.isPositive()) {
      throw new IllegalArgumentException(
          "breaker: %d errors, window %s, wait %s".formatted(errors, window, firstWait));
    }
  }

  /// The wait of a breaker that has opened `opened` times in a row, from 1.
  Duration waitAfter(int opened) {
    var doubled = firstWait.multipliedBy(1L << Math.min(opened - 1, 16));
    return doubled.compareTo(LONGEST_WAIT) < 0 || opened == 1 ? doubled : longest();
  }

  private Duration longest() {
    return firstWait.compareTo(LONGEST_WAIT) > 0 ? firstWait : LONGEST_WAIT;
  }
}
