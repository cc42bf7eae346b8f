package dev.prosa.worker.process;

import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.turn.Renewal;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  private final CountDownLatch done = new CountDownLatch(1);
  private final long begin = System.nanoTime();
  private volatile long heardAt;
  private long leaseFrom = begin;
  private long beatAt = begin;

  /// @param total the longest time for this attempt
  Guard(Workplace workplace, Turn turn, Duration total, PokeHandler.Keeper keeper, Stop stop) {
    this.turns = workplace.turns();
    this.rules = workplace.rules();
    this.turn = turn;
    this.total = total;
    this.keeper = keeper;
    this.stop = stop;
  }

  void start() {
    Thread.ofVirtual().name("guard-" + turn.job()).start(this::watch);
  }

  /// Notes that text came.
  void heard() {
    heardAt = System.nanoTime();
  }

  private void watch() {
    try {
      while (!done.await(untilNextLook(), TimeUnit.NANOSECONDS)) {
        var reason = overdue();
        if (reason != null) {
          stop.request(reason);
          return;
        }
        if (elapsedSince(beatAt) >= rules.heartbeat().toNanos()) {
          beatAt = System.nanoTime();
          beat();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long untilNextLook() {
    var heartbeat = rules.heartbeat().toNanos() - elapsedSince(beatAt);
    var end = total.toNanos() - elapsedSince(begin);
    var text = silenceAllowed().toNanos() - elapsedSince(lastSign());
    // the first text may come while this thread waits, and from then on the gap is what counts
    var look = Math.min(text, rules.tokenGap().toNanos());
    return Math.max(MIN_WAIT_NANOS, Math.min(heartbeat, Math.min(end, look)));
  }

  private Stop.@Nullable Reason overdue() {
    if (elapsedSince(begin) >= total.toNanos()) {
      return Stop.Reason.TOO_LONG;
    }
    if (elapsedSince(lastSign()) >= silenceAllowed().toNanos()) {
      return heardAt == 0 ? Stop.Reason.NO_FIRST_TOKEN : Stop.Reason.TOKEN_GAP;
    }
    return null;
  }

  private long lastSign() {
    return heardAt == 0 ? begin : heardAt;
  }

  private Duration silenceAllowed() {
    return heardAt == 0 ? rules.firstToken() : rules.tokenGap();
  }

  private static long elapsedSince(long nanos) {
    return System.nanoTime() - nanos;
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
    done.countDown();
  }
}
