package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The registry in a map, with one lock.
final class InMemoryConnectionRegistry implements ConnectionRegistry {

  private final InstantSource clock;
  private final Map<ConnectionId, Entry> entries = new HashMap<>();

  private record Entry(OwnerId owner, GatewayId gateway, Instant expiry) {}

  InMemoryConnectionRegistry(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void assertOpen(GatewayId gateway, Collection<Connection> connections) {
    var now = clock.instant();
    entries.values().removeIf(e -> !e.expiry().isAfter(now));
    for (var connection : connections) {
      entries.put(connection.id(), new Entry(connection.owner(), gateway, now.plus(LIFE)));
    }
  }

  @Override
  public synchronized void remove(GatewayId gateway, Connection connection) {
    entries.remove(connection.id());
  }

  @Override
  public synchronized @Nullable OwnerId ownerOf(ConnectionId id) {
    var entry = entries.get(id);
    return entry != null && entry.expiry().isAfter(clock.instant()) ? entry.owner() : null;
  }

  @Override
  public synchronized boolean isConnected(OwnerId owner) {
    var now = clock.instant();
    return entries.values().stream()
        .anyMatch(e -> e.owner().equals(owner) && e.expiry().isAfter(now));
  }
}
