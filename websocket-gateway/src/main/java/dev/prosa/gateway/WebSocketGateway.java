package dev.prosa.gateway;

import dev.prosa.core.runtime.Lifecycle;
import java.net.InetSocketAddress;

/// Everything a gateway has opened.
final class WebSocketGateway implements Gateway {

  private final InetSocketAddress address;
  private final WebSocketProbe probe;
  private final Lifecycle parts;

  WebSocketGateway(InetSocketAddress address, WebSocketProbe probe, Lifecycle parts) {
    this.address = address;
    this.probe = probe;
    this.parts = parts;
  }

  @Override
  public int port() {
    return address.getPort();
  }

  @Override
  public boolean isUp() {
    return probe.opensAt(address);
  }

  @Override
  public void close() {
    parts.close();
  }
}
