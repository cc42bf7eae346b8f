package dev.prosa.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether a job may begin.
public sealed interface Decision {

  /// How the requests of a user stand; null when they are not counted, or nobody can tell.
  @Nullable Rate rate();

  /// It may, and what it takes is reserved.
  record Granted(@Nullable Rate rate) implements Decision {}

  /// It may not, and nothing is reserved.
  ///
  /// @param kind whose limit it is
  /// @param reason which limit it is
  /// @param retryAfter when it may be worth another try; more than zero
  record Refused(Scope.Kind kind, Reason reason, Duration retryAfter, @Nullable Rate rate)
      implements Decision {

    /// After this long a job in flight may have ended; nobody knows when it does.
    private static final Duration SOON = Duration.ofSeconds(5);

    /// @param rate not null when it is the requests that are too many
    static Refused by(Quota quota, Reason reason, @Nullable Rate rate, Instant now) {
      var wait =
          switch (reason) {
            case REQUESTS -> Objects.requireNonNull(rate).reset();
            case JOBS -> SOON;
            case TOKENS, COST -> Days.untilNext(now);
          };
      return new Refused(quota.scope().kind(), reason, wait, rate);
    }
  }

  /// Which limit a job met.
  enum Reason {
    /// [Limit#requestsPerMinute]
    REQUESTS,
    /// [Limit#jobsInFlight]
    JOBS,
    /// The tokens of [Limit#perDay].
    TOKENS,
    /// The cost of [Limit#perDay].
    COST;

    /// Whether a job that is reckoned at less might pass.
    public boolean isOfBudget() {
      return this == TOKENS || this == COST;
    }
  }

  /// How the requests of a minute stand.
  ///
  /// @param limit how many a minute may have; more than 0
  /// @param remaining how many are left; 0 or more
  /// @param reset when one more is left than now; not negative
  record Rate(int limit, int remaining, Duration reset) {}
}
