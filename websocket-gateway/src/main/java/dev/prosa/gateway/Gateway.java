package dev.prosa.gateway;

/// A running gateway. Thread-safe.
public sealed interface Gateway extends AutoCloseable permits WebSocketGateway {

  /// The port it listens on, 1 to 65535; also when any free one was asked for.
  int port();

  /// Whether it opens a WebSocket: a handshake is made on its own port, which counts as no client.
  /// Waits for the answer, at most 2 s.
  boolean isUp();

  /// Stops accepting, tells every client to reconnect elsewhere, and closes with 4001. Returns
  /// after at most a few seconds; calling it again does nothing.
  @Override
  void close();
}
