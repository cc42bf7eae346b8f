package dev.prosa.worker.process;

import dev.prosa.core.log.LogScope;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.Renewal;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches one attempt from a thread of its own: keeps the lease and the poke, and ends the call to
/// the model when the lease is lost, the owner asks for it, or nothing comes for too long.
final class Guard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final long MIN_WAIT_NANOS = Duration.ofMillis(1).toNanos();

  private final TurnStore turns;
  private final Turn turn;
  private final Workplace.Rules rules;
  private final Duration total;
  private final PokeHandler.Keeper keeper;
  private final Stop stop;

  private final Clockwork clockwork;
  private final Clockwork.Bell ended;
  private final long begin;
  private volatile boolean closed;
  private volatile boolean heard;
  private volatile long heardAt;
  private volatile boolean silenceTold;
  private long leaseFrom;
  private long beatAt;

  /// @param total the longest time for this attempt
  Guard(Workplace workplace, Turn turn, Duration total, PokeHandler.Keeper keeper, Stop stop) {
    this.turns = workplace.turns();
    this.rules = workplace.rules();
    this.turn = turn;
    this.total = total;
    this.keeper = keeper;
    this.stop = stop;
    this.clockwork = workplace.clock();
    this.ended = clockwork.bell();
    this.begin = clockwork.nanoTime();
    this.heardAt = begin;
    this.leaseFrom = begin;
    this.beatAt = begin;
  }

  void start() {
    clockwork.start("guard-" + turn.job(), LogScope.carried(this::watch));
  }

  /// Notes that another call begins, which has all the time for its first text.
  synchronized void callBegins() {
    heard = false;
    heardAt = clockwork.nanoTime();
    silenceTold = false;
    ended.ring();
  }

  /// Notes that text came.
  void heard() {
    heardAt = clockwork.nanoTime();
    heard = true;
  }

  private void watch() {
    try {
      for (ended.await(untilNextLook()); !closed; ended.await(untilNextLook())) {
        if (isStoppedWhenOverdue()) {
          return;
        }
        if (elapsedSince(beatAt) >= rules.heartbeat().toNanos()) {
          beatAt = clockwork.nanoTime();
          beat();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Stops a call that is overdue. One that begins meanwhile is not blamed for the one before.
  ///
  /// @return whether the attempt is over with that; after a silence another provider may be asked,
  ///   and the lease is to be kept meanwhile
  private synchronized boolean isStoppedWhenOverdue() {
    var reason = overdue();
    if (reason == null) {
      return false;
    }
    silenceTold = reason == Stop.Reason.NO_FIRST_TOKEN;
    stop.request(reason);
    return !silenceTold;
  }

  private long untilNextLook() {
    var heartbeat = rules.heartbeat().toNanos() - elapsedSince(beatAt);
    var end = total.toNanos() - elapsedSince(begin);
    // the first text may come while this thread waits, and from then on the gap is what counts
    var look = rules.tokenGap().toNanos();
    if (!silenceTold) {
      look = Math.min(look, silenceAllowed().toNanos() - elapsedSince(heardAt));
    }
    return Math.max(MIN_WAIT_NANOS, Math.min(heartbeat, Math.min(end, look)));
  }

  private Stop.@Nullable Reason overdue() {
    if (elapsedSince(begin) >= total.toNanos()) {
      return Stop.Reason.TOO_LONG;
    }
    if (!silenceTold && elapsedSince(heardAt) >= silenceAllowed().toNanos()) {
      return heard ? Stop.Reason.TOKEN_GAP : Stop.Reason.NO_FIRST_TOKEN;
    }
    return null;
  }

  private Duration silenceAllowed() {
    return heard ? rules.tokenGap() : rules.firstToken();
  }

  private long elapsedSince(long nanos) {
    return clockwork.nanoTime() - nanos;
  }

  private void beat() {
    try {
      var renewal = turns.renew(turn, rules.lease());
      leaseFrom = beatAt;
      if (renewal != Renewal.HELD) {
        stop.request(renewal == Renewal.LOST ? Stop.Reason.LEASE_LOST : Stop.Reason.CANCELLED);
      }
      keeper.keep();
    } catch (StoreUnavailableException e) {
      missedBeat(e);
    } catch (QueueUnavailableException e) {
      LOG.warn("the poke of {} was not kept hidden; another worker may look at it", turn.job(), e);
    }
  }

  /// A lease that could not be renewed in time is somebody else's for all we know.
  private void missedBeat(StoreUnavailableException e) {
    if (elapsedSince(leaseFrom) >= rules.lease().minus(rules.heartbeat()).toNanos()) {
      LOG.warn("the lease of {} could not be renewed; giving the turn up", turn.job(), e);
      stop.request(Stop.Reason.LEASE_LOST);
    } else {
      LOG.warn("a heartbeat of {} failed; the next one follows", turn.job(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
    ended.ring();
  }
}
