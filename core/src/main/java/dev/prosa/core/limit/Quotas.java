package dev.prosa.core.limit;

import dev.prosa.core.runtime.RedisPool;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts what users, tenants and models take. Thread-safe.
///
/// What a job may take is reserved before it begins and settled after its end, so that jobs that
/// begin at the same time cannot pass a limit together. Without the cache nobody counts requests
/// and jobs in flight, and nothing is refused for them; a day's budget that was spent before stays
/// spent.
public interface Quotas {

  /// Counters in Redis. What a day has spent is kept in `spendings` as well, because Redis may
  /// forget.
  static Quotas redis(RedisPool pool, Spendings spendings, InstantSource clock) {
    return new RedisQuotas(pool, spendings, clock);
  }

  /// Counters in this process that forget everything with it; for tests and simulations.
  static Quotas inMemory(InstantSource clock) {
    return new InMemoryQuotas(clock);
  }

  /// Reserves from all quotas, or from none. What an earlier request for the same job left reserved
  /// is taken over: it is held for as long as if it were new, and nothing more is taken. A request
  /// that comes here again counts once in its minute.
  ///
  /// @throws dev.prosa.core.turn.StoreUnavailableException when it is not known what the day has
  ///   spent
  Decision reserve(Reservation reservation);

  /// Gives back what this very request has taken, because no job began; what an earlier request for
  /// the same job took stays, for nobody knows whether that one began.
  void release(Reservation reservation);

  /// Gives back what this very request has taken for a job that did not begin; the request itself
  /// stays one of its minute, because it took work to refuse it.
  void releaseJob(Reservation reservation);

  /// Puts what a job took in the place of what was reserved for it. Does nothing when that was done
  /// before, or nothing is reserved.
  ///
  /// @param reservation as [Reservation#receipt] spelt it; null when nothing is counted
  /// @param taken asked only when something is reserved
  /// @throws dev.prosa.core.turn.StoreUnavailableException when what the day has spent cannot be
  ///   kept; it is counted all the same, and kept with the next job
  void settle(@Nullable String reservation, Supplier<Amount> taken);
}
