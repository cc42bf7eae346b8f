package dev.prosa.core.limit;

import dev.prosa.core.limit.Decision.Rate;
import dev.prosa.core.limit.Decision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counters in this process.
final class InMemoryQuotas implements Quotas {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<Scope, Account> accounts = new HashMap<>();

  InMemoryQuotas(InstantSource clock) {
    this.clock = clock;
  }

  private record Held(String request, Amount amount, Instant until) {}

  /// What one scope took.
  private static final class Account {
    private final Map<String, Instant> requests = new LinkedHashMap<>();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private long day;
    private Amount spent = Amount.NOTHING;

    private void comeTo(Instant now) {
      var today = Days.of(now);
      if (today > day) {
        day = today;
        spent = Amount.NOTHING;
      }
      requests.values().removeIf(at -> !at.isAfter(now.minus(MINUTE)));
      var late = held.values().stream().filter(one -> !one.until().isAfter(now)).toList();
      late.forEach(one -> spent = spent.plus(one.amount()));
      held.values().removeAll(late);
    }

    private void hold(Reservation reservation, Instant now) {
      var until = now.plus(reservation.life());
      var earlier = held.get(reservation.id());
      if (earlier == null) {
        requests.put(reservation.request(), now);
        held.put(reservation.id(), new Held(reservation.request(), reservation.amount(), until));
      } else {
        held.put(reservation.id(), new Held(earlier.request(), earlier.amount(), until));
      }
    }

    private void release(Reservation reservation) {
      var found = held.get(reservation.id());
      if (found != null && found.request().equals(reservation.request())) {
        held.remove(reservation.id());
      }
    }

    private void settle(String id, Amount taken) {
      held.remove(id);
      spent = spent.plus(taken);
    }

    private Amount reserved() {
      return held.values().stream().map(Held::amount).reduce(Amount.NOTHING, Amount::plus);
    }

    private @Nullable Rate rate(Limit limit, Instant now) {
      var most = limit.requestsPerMinute();
      if (most == 0) {
        return null;
      }
      var reset =
          requests.isEmpty()
              ? Duration.ZERO
              : Duration.between(now, requests.values().iterator().next().plus(MINUTE));
      return new Rate(most, Math.max(0, most - requests.size()), reset);
    }

    private Decision.@Nullable Refused refusal(Quota quota, Reservation wanted, Instant now) {
      var limit = quota.limit();
      var rate = rate(limit, now);
      var sum = spent.plus(reserved()).plus(wanted.amount());
      var isCounted = requests.containsKey(wanted.request());
      if (rate != null && rate.remaining() == 0 && !isCounted) {
        return Decision.Refused.by(quota, Reason.REQUESTS, rate, now);
      }
      if (limit.jobsInFlight() > 0 && held.size() >= limit.jobsInFlight()) {
        return Decision.Refused.by(quota, Reason.JOBS, rate, now);
      }
      if (limit.perDay().tokens() > 0 && sum.tokens() > limit.perDay().tokens()) {
        return Decision.Refused.by(quota, Reason.TOKENS, rate, now);
      }
      if (limit.perDay().costNanos() > 0 && sum.costNanos() > limit.perDay().costNanos()) {
        return Decision.Refused.by(quota, Reason.COST, rate, now);
      }
      return null;
    }
  }

  @Override
  public synchronized Decision reserve(Reservation reservation) {
    var now = clock.instant();
    for (var quota : reservation.quotas()) {
      var account = account(quota.scope(), now);
      var isHeld = account.held.containsKey(reservation.id());
      var refusal = isHeld ? null : account.refusal(quota, reservation, now);
      if (refusal != null) {
        return refusal;
      }
    }
    Rate rate = null;
    for (var quota : reservation.quotas()) {
      var account = account(quota.scope(), now);
      account.hold(reservation, now);
      rate = quota.scope().kind() == Scope.Kind.USER ? account.rate(quota.limit(), now) : rate;
    }
    return new Decision.Granted(rate);
  }

  private Account account(Scope scope, Instant now) {
    var account = accounts.computeIfAbsent(scope, _ -> new Account());
    account.comeTo(now);
    return account;
  }

  @Override
  public synchronized void release(Reservation reservation) {
    for (var scope : reservation.scopes()) {
      account(scope, clock.instant()).requests.remove(reservation.request());
    }
    releaseJob(reservation);
  }

  @Override
  public synchronized void releaseJob(Reservation reservation) {
    for (var scope : reservation.scopes()) {
      account(scope, clock.instant()).release(reservation);
    }
  }

  @Override
  public synchronized void settle(@Nullable String reservation, Supplier<Amount> taken) {
    if (reservation == null) {
      return;
    }
    var receipt = Receipt.of(reservation);
    var holding =
        receipt.scopes().stream()
            .map(scope -> account(scope, clock.instant()))
            .filter(account -> account.held.containsKey(receipt.id()))
            .toList();
    if (!holding.isEmpty()) {
      var amount = taken.get();
      holding.forEach(account -> account.settle(receipt.id(), amount));
    }
  }
}
