package dev.prosa.core.connection;

import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Issues what lets a browser open one WebSocket: a browser cannot send a token header with one.
/// And it knows who has logged out since. Thread-safe.
///
/// Its times are of one clock of its own, whichever process asks, so that "before the logout" means
/// the same to all.
///
/// Every method throws [dev.prosa.core.runtime.CacheUnavailableException] when it cannot be done.
public interface TicketOffice {

  /// How long a ticket is good.
  Duration LIFE = Duration.ofSeconds(30);

  /// How long a logout is remembered: longer than a gateway is usually without Redis.
  Duration LOGOUT_LIFE = Duration.ofMinutes(10);

  /// How far [#logoutsSince] looks back: a ticket that was issued just before a logout may let
  /// somebody in as late as this after it.
  Duration LOOK_BACK = LIFE.multipliedBy(2);

  /// A new ticket: 26 characters of `0-9a-v`. Whoever it lets in may stay as long as the caller.
  String issue(Caller caller);

  /// Takes a ticket in. It is worthless afterwards, also when two try at once.
  ///
  /// @return the grant of the user it was issued to; null when it was used before, expired, or
  ///   never issued
  @Nullable Grant redeem(String ticket);

  /// Ends every grant of the user that was proved until now.
  void logOut(OwnerId owner);

  /// Who has logged out since a moment, or in the [#LOOK_BACK] before it.
  ///
  /// @param moment [Logouts#now] of the answer before
  Logouts logoutsSince(Instant moment);

  /// An office in Redis, by the clock of its server.
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
