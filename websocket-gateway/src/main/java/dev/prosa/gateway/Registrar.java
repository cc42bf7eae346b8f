package dev.prosa.gateway;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.runtime.CacheUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the registry's picture of this gateway true. When the registry does not answer, clients
/// stay connected, and it is tried again every second until it answers. Thread-safe.
///
/// Each connection is repeated at a time of its own and few in one call: ten thousand at once are
/// forty thousand commands, and while Redis serves them no reply is delivered.
final class Registrar {

  /// A third of `ConnectionRegistry.LIFE`, so that two repetitions may fail.
  static final Duration EVERY = Duration.ofSeconds(10);

  /// About a millisecond of Redis.
  static final int AT_ONCE = 200;

  /// Far from a fraction of [#EVERY], so that those that follow each other are far apart.
  private static final long STRIDE_MILLIS = 3_819;

  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

  private final ConnectionRegistry registry;
  private final GatewayId gateway;
  private final Turnstile turnstile;
  private final InstantSource clock;
  private final ConcurrentHashMap<Connection, Instant> due = new ConcurrentHashMap<>();
  private final AtomicLong entered = new AtomicLong();

  Registrar(
      ConnectionRegistry registry, GatewayId gateway, Turnstile turnstile, InstantSource clock) {
    this.registry = registry;
    this.gateway = gateway;
    this.turnstile = turnstile;
    this.clock = clock;
  }

  void enter(Connection connection) {
    var now = clock.instant();
    var noted = reached(() -> registry.assertOpen(gateway, List.of(connection)), "repeated soon");
    due.put(connection, noted ? now.plusMillis(spread()) : now);
  }

  /// When thousands come at once they are not repeated at once ever after. By their number and not
  /// by anything random, so that a simulated world repeats.
  private long spread() {
    return Math.floorMod(entered.getAndIncrement() * STRIDE_MILLIS, EVERY.toMillis());
  }

  void leave(Connection connection) {
    due.remove(connection);
    var _ = reached(() -> registry.remove(gateway, connection), "the entry expires by itself");
  }

  /// Notes again whoever it is time for, [#EVERY] after the last time that it worked; called every
  /// second.
  void repeat() {
    var now = clock.instant();
    var late = new ArrayList<Connection>();
    due.forEach((connection, time) -> {
      if (!now.isBefore(time)) {
        late.add(connection);
      }
    });
    for (int from = 0; from < late.size(); from += AT_ONCE) {
      var some = late.subList(from, Math.min(late.size(), from + AT_ONCE));
      if (!reached(() -> registry.assertOpen(gateway, some), "repeated soon")) {
        return;
      }
      some.forEach(connection -> due.replace(connection, now.plus(EVERY)));
    }
  }

  private boolean reached(Runnable call, String otherwise) {
    try {
      return turnstile.call(() -> {
        call.run();
        return true;
      });
    } catch (CacheUnavailableException e) {
      LOG.warn("connections were not noted ({}); {}", e.getMessage(), otherwise);
      return false;
    }
  }
}
