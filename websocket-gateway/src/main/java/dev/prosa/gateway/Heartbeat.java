package dev.prosa.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When one client is pinged, and whether it still lives. Thread-safe as far as it needs to be: one
/// thread asks, and another says that something was heard.
///
/// The library pings everybody in the same moment. With ten thousand clients that is as many frames
/// and as many answers at once, for which every reply has to wait.
final class Heartbeat {

  /// How often a client is pinged, and how long it has to answer: shorter than the idle limit of
  /// load balancers, which is 60 s on AWS (Elastic Load Balancing, "Application Load Balancers",
  /// connection idle timeout).
  static final Duration EVERY = Duration.ofSeconds(20);

  private volatile Instant due;
  private volatile @Nullable Instant unanswered;

  /// @param begin when the connection was opened
  /// @param place any number; those with different ones are pinged at different times
  Heartbeat(Instant begin, int place) {
    this.due = begin.plusMillis(Math.floorMod(place, EVERY.toMillis()));
  }

  /// What has to be done now.
  enum Step {
    /// Nothing.
    REST,
    /// The client has to be pinged.
    PING,
    /// It has not said anything since it was pinged, for too long.
    GIVE_UP
  }

  Step at(Instant now) {
    var pinged = unanswered;
    if (pinged != null && !now.isBefore(pinged.plus(EVERY))) {
      return Step.GIVE_UP;
    }
    if (now.isBefore(due)) {
      return Step.REST;
    }
    due = now.plus(EVERY);
    unanswered = pinged == null ? now : pinged;
    return Step.PING;
  }

  /// The client has said something.
  void heard() {
    unanswered = null;
  }
}
