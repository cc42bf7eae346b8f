package dev.prosa.gateway;

import dev.prosa.core.runtime.Lifecycle;

/// Everything a gateway has opened.
final class WebSocketGateway implements Gateway {

  private final int port;
  private final Lifecycle parts;

  WebSocketGateway(int port, Lifecycle parts) {
    this.port = port;
    this.parts = parts;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    parts.close();
  }
}
