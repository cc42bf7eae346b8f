package dev.prosa.gateway;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The clients of one gateway, whatever their wires are made of. Thread-safe.
public sealed interface Clients permits Reception {

  /// A client has come.
  ///
  /// @param wire the way to it
  /// @param ticket what it shows; null when it shows none, and then it is sent away
  Client connect(Wire wire, @Nullable String ticket);

  /// Brings a frame to every client of its owner, as it is.
  void deliver(OwnerId owner, String frame);

  /// Does what has to be done every second.
  void repeat();

  /// One client.
  sealed interface Client permits Session {}

  /// The client said something.
  ///
  /// @param client as [#connect] gave it
  void receive(Client client, String message);

  /// The wire of a client is gone, or will be; calling it again does nothing.
  ///
  /// @param client as [#connect] gave it
  void closed(Client client);

  /// The clients of a gateway without sockets of its own, as many of a user as come; for
  /// simulations.
  ///
  /// @param threads runs what the clients ask for
  static Clients of(GatewayPorts ports, GatewayId id, Executor threads) {
    return Reception.of(ports, id, Integer.MAX_VALUE, threads);
  }
}
