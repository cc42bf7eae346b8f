package dev.prosa.core.provider;

import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Where workers tell the rest how the providers fare. Thread-safe.
///
/// Every method throws [CacheUnavailableException] when it does not answer.
public interface ProviderBoard {

  /// How long a worker's word counts after it was last said; it is said again well before.
  Duration LIFE = Duration.ofSeconds(15);

  /// Replaces what `worker` said before.
  ///
  /// @param worker names the process
  /// @param statuses one for each model of each provider
  void post(String worker, List<ProviderStatus> statuses);

  /// What the workers that are alive say, one list each; empty when there is none.
  List<List<ProviderStatus>> read();

  /// A board in Redis.
  ///
  /// @param pool stays the caller's, who closes it
  static ProviderBoard redis(RedisPool pool) {
    return new RedisProviderBoard(pool);
  }

  /// A board in this process; for tests and simulations.
  static ProviderBoard inMemory(InstantSource clock) {
    return new InMemoryProviderBoard(clock);
  }
}
