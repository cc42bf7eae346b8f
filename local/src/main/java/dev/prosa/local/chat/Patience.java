package dev.prosa.local.chat;

import java.time.Duration;

/// How long a chat waits for what.
///
/// @param silence without an event this long, the job is asked for (DESIGN, section 5: 30 s)
/// @param alone the same while no socket brings events
/// @param gap between two requests for the same missing text
/// @param absence without any answer this long, a reply is no longer waited for
record Patience(Duration silence, Duration alone, Duration gap, Duration absence) {

  static final Patience TYPICAL =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMinutes(2));
}
