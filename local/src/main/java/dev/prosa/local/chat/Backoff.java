package dev.prosa.local.chat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Waits between tries: `first x 2^(failures - 1)`, at most `cap`. Half of it is certain and half
/// is chance, so that tries neither crowd nor fall into step with those of others.
///
/// @param first longest wait after the first failure; more than zero
/// @param cap longest wait of all; at least `first`
record Backoff(Duration first, Duration cap) {

  private static final int MAX_DOUBLINGS = 20;

  /// The wait after `failures` failures in a row; at least 1.
  Duration after(int failures) {
    var doubled = first.toMillis() << Math.min(MAX_DOUBLINGS, failures - 1);
    var bound = Math.min(cap.toMillis(), doubled);
    return Duration.ofMillis(bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1));
  }
}
