package dev.prosa.bench.gateway;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.CacheUnavailableException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Notes connections for a server that does not do it itself, as often as Prosa's gateway does.
final class Registration implements AutoCloseable {

  /// A third of the life of an entry, like `Registrar.EVERY` of the gateway.
  private static final long EVERY_SECONDS = ConnectionRegistry.LIFE.toSeconds() / 3;

  private static final int AT_ONCE = 500;

  private final ConnectionRegistry registry;
  private final GatewayId gateway;
  private final List<Connection> connections;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("registration").factory());

  private Registration(
      ConnectionRegistry registry, GatewayId gateway, List<Connection> connections) {
    this.registry = registry;
    this.gateway = gateway;
    this.connections = connections;
  }

  /// Notes them, and again until it is closed; nothing for a server that does it itself.
  ///
  /// @param each how many sockets every user has
  static Registration begin(
      ConnectionRegistry registry, ServerProcess server, List<OwnerId> users, int each) {
    var connections =
        users.stream()
            .filter(_ -> !server.contender().isWhole())
            .flatMap(user -> Stream.generate(() -> user).limit(each))
            .map(user -> new Connection(ConnectionId.create(), user))
            .toList();
    var registration = new Registration(registry, server.id(), connections);
    registration.repeat();
    var _ =
        registration.timer.scheduleWithFixedDelay(
            registration::repeat, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return registration;
  }

  /// When Redis does not answer, it is tried again soon, as the gateway does it.
  private void repeat() {
    try {
      for (var from = 0; from < connections.size(); from += AT_ONCE) {
        var to = Math.min(connections.size(), from + AT_ONCE);
        registry.assertOpen(gateway, connections.subList(from, to));
      }
    } catch (CacheUnavailableException busy) {
      var _ = timer.schedule(this::repeat, 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
