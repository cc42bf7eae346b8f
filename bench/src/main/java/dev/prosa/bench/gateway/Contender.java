package dev.prosa.bench.gateway;

/// A server that brings what is published in Redis to the sockets of a user.
public enum Contender {
  /// The gateway as it is deployed.
  PROSA("Prosa"),
  /// Java-WebSocket with its defaults: [BareGatewayMain].
  BARE("bare library"),
  /// `ws` on Node.
  WS("ws");

  private final String words;

  Contender(String words) {
    this.words = words;
  }

  /// As people read it.
  public String words() {
    return words;
  }

  /// Whether it notes its connections itself and greets each of them.
  boolean isWhole() {
    return this == PROSA;
  }
}
