package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Which gateway holds which connection of whom. An entry that its gateway does not repeat
/// disappears after [#LIFE]. Thread-safe.
///
/// Every method throws [dev.prosa.core.runtime.CacheUnavailableException] when the registry does
/// not answer.
public interface ConnectionRegistry {

  /// How long an entry lives; a gateway repeats its entries three times in it.
  Duration LIFE = Duration.ofSeconds(30);

  /// Notes that `gateway` holds these connections now; repeated by the gateway every 10 s.
  void assertOpen(GatewayId gateway, Collection<Connection> connections);

  /// Forgets a connection.
  void remove(GatewayId gateway, Connection connection);

  /// The user whose connection this is; null when it is closed or was never open.
  @Nullable OwnerId ownerOf(ConnectionId id);

  /// Whether the user has any connection now, so that a reply can be pushed.
  boolean isConnected(OwnerId owner);

  /// A registry in Redis.
  ///
  /// @param pool stays the caller's, who closes it
  static ConnectionRegistry redis(RedisPool pool, InstantSource clock) {
    return new RedisConnectionRegistry(pool, clock);
  }

  /// A registry in this process; for tests and simulations.
  static ConnectionRegistry inMemory(InstantSource clock) {
    return new InMemoryConnectionRegistry(clock);
  }
}
