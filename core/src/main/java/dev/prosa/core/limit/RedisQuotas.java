package dev.prosa.core.limit;

import dev.prosa.core.limit.Decision.Rate;
import dev.prosa.core.limit.Decision.Reason;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts by scripts, one call for each scope.
final class RedisQuotas implements Quotas {

  private static final Logger LOG = LoggerFactory.getLogger(RedisQuotas.class);

  private final RedisPool pool;
  private final Spendings spendings;
  private final InstantSource clock;

  RedisQuotas(RedisPool pool, Spendings spendings, InstantSource clock) {
    this.pool = pool;
    this.spendings = spendings;
    this.clock = clock;
  }

  @Override
  public Decision reserve(Reservation reservation) {
    Rate rate = null;
    var taken = new ArrayList<Scope>();
    for (var quota : reservation.quotas()) {
      switch (reserve(reservation, quota)) {
        case Decision.Granted granted -> {
          taken.add(quota.scope());
          rate = quota.scope().kind() == Scope.Kind.USER ? granted.rate() : rate;
        }
        case Decision.Refused refused -> {
          release(reservation, taken, true);
          return refused;
        }
      }
    }
    return new Decision.Granted(rate);
  }

  private Decision reserve(Reservation reservation, Quota quota) {
    var now = clock.instant();
    try {
      var answer = RedisQuotaScripts.reserve(pool, reservation, quota, Days.of(now), null);
      if (answer == null) {
        var spent = spendings.find(quota.scope(), Days.of(now));
        answer = RedisQuotaScripts.reserve(pool, reservation, quota, Days.of(now), spent);
      }
      return decision(quota, Objects.requireNonNull(answer), now);
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; the limits of a {} are not counted", e.getMessage(), quota.scope().kind());
      return withoutCache(quota, now);
    }
  }

  /// What was spent before, at least, is known.
  private Decision withoutCache(Quota quota, Instant now) {
    var most = quota.limit().perDay();
    if (!quota.limit().hasBudget()) {
      return new Decision.Granted(null);
    }
    var spent = spendings.find(quota.scope(), Days.of(now));
    if (most.tokens() > 0 && spent.tokens() >= most.tokens()) {
      return Decision.Refused.by(quota, Reason.TOKENS, null, now);
    }
    return most.costNanos() > 0 && spent.costNanos() >= most.costNanos()
        ? Decision.Refused.by(quota, Reason.COST, null, now)
        : new Decision.Granted(null);
  }

  private static Decision decision(Quota quota, RedisQuotaScripts.Answer answer, Instant now) {
    var most = quota.limit().requestsPerMinute();
    var reset = Duration.ofMillis(answer.resetMillis());
    var rate = most == 0 ? null : new Rate(most, answer.remaining(), reset);
    return answer.refusal() == null
        ? new Decision.Granted(rate)
        : Decision.Refused.by(quota, answer.refusal(), rate, now);
  }

  @Override
  public void release(Reservation reservation) {
    release(reservation, reservation.scopes(), true);
  }

  @Override
  public void releaseJob(Reservation reservation) {
    release(reservation, reservation.scopes(), false);
  }

  private void release(Reservation reservation, List<Scope> scopes, boolean withRequest) {
    for (var scope : scopes) {
      unlessAway(
          "held until it expires",
          () -> RedisQuotaScripts.release(pool, reservation, scope, withRequest));
    }
  }

  @Override
  public void settle(@Nullable String reservation, Supplier<Amount> taken) {
    if (reservation == null) {
      return;
    }
    var receipt = Receipt.of(reservation);
    unlessAway(
        "settled when it expires",
        () -> {
          if (isHeld(receipt)) {
            settle(receipt, taken.get());
          }
        });
  }

  private boolean isHeld(Receipt receipt) {
    return receipt.scopes().stream()
        .anyMatch(scope -> RedisQuotaScripts.holds(pool, receipt.id(), scope));
  }

  private void settle(Receipt receipt, Amount taken) {
    var day = Days.of(clock.instant());
    for (var scope : receipt.scopes()) {
      var spent = RedisQuotaScripts.settle(pool, receipt.id(), scope, day, taken);
      if (spent != null) {
        spendings.atLeast(scope, day, spent);
      }
    }
  }

  private static void unlessAway(String otherwise, Runnable task) {
    try {
      task.run();
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; a reservation is {}", e.getMessage(), otherwise);
    }
  }
}
