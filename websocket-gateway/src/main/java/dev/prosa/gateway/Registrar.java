package dev.prosa.gateway;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.runtime.CacheUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the registry's picture of this gateway true. When the registry does not answer, clients
/// stay connected, and it is tried again every second until it answers.
final class Registrar {

  /// A third of `ConnectionRegistry.LIFE`, so that two repetitions may fail.
  static final Duration EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

  private final ConnectionRegistry registry;
  private final GatewayId gateway;
  private final Turnstile turnstile;
  private final InstantSource clock;
  private volatile Instant due;

  Registrar(
      ConnectionRegistry registry, GatewayId gateway, Turnstile turnstile, InstantSource clock) {
    this.registry = registry;
    this.gateway = gateway;
    this.turnstile = turnstile;
    this.clock = clock;
    this.due = clock.instant().plus(EVERY);
  }

  void enter(Connection connection) {
    var now = clock.instant();
    if (!reached(() -> registry.assertOpen(gateway, List.of(connection)), "repeated soon")) {
      due = now;
    }
  }

  void leave(Connection connection) {
    var _ = reached(() -> registry.remove(gateway, connection), "the entry expires by itself");
  }

  /// Notes everybody again, [#EVERY] after the last time that it worked; called every second.
  void repeat(Supplier<List<Connection>> connections) {
    var now = clock.instant();
    if (now.isBefore(due)) {
      return;
    }
    var all = connections.get();
    if (all.isEmpty() || reached(() -> registry.assertOpen(gateway, all), "repeated soon")) {
      due = now.plus(EVERY);
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
