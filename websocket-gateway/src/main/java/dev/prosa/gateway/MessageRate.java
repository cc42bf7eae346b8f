package dev.prosa.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Allows one client so many messages in a minute, counted from its first. Thread-safe.
final class MessageRate {

  /// A page sends a message when it connects and when somebody presses a button.
  static final int MESSAGES = 100;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final InstantSource clock;
  private Instant begin = Instant.MIN;
  private int count;

  MessageRate(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether one more message is allowed now.
  synchronized boolean allows() {
    var now = clock.instant();
    if (!now.isBefore(begin.plus(WINDOW))) {
      begin = now;
      count = 0;
    }
    count++;
    return count <= MESSAGES;
  }
}
