package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Issues what lets a browser open one WebSocket: a browser cannot send a token header with one.
/// Thread-safe.
///
/// Every method throws [dev.prosa.core.runtime.CacheUnavailableException] when it cannot be done.
public interface TicketOffice {

  /// How long a ticket is good.
  Duration LIFE = Duration.ofSeconds(30);

  /// A new ticket: 26 characters of `0-9a-v`.
  String issue(OwnerId owner);

  /// Takes a ticket in. It is worthless afterwards, also when two try at once.
  ///
  /// @return the user it was issued to; null when it was used before, expired, or never issued
  @Nullable OwnerId redeem(String ticket);

  /// An office in Redis.
  ///
  /// @param pool stays the caller's, who closes it
  static TicketOffice redis(RedisPool pool) {
    return new RedisTicketOffice(pool);
  }

  /// An office in this process; for tests and simulations.
  static TicketOffice inMemory(InstantSource clock) {
    return new InMemoryTicketOffice(clock);
  }
}
