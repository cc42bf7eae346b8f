package dev.prosa.gateway;

/// Why the gateway ends a connection. A client reconnects after 4000 to 4499 and does not after
/// 4500 to 4999; both are ours to use (RFC 6455, section 7.4.2).
public enum CloseCode {
  /// This gateway stops; another one takes over.
  DRAINING(4001),
  /// Something the gateway needs did not answer.
  UNAVAILABLE(4002),
  /// The client reads or is served too slowly; it resumes after reconnecting.
  SLOW(4008),
  /// What proved the owner has ended.
  TOKEN_EXPIRED(4401),
  /// The client says too much.
  RATE_LIMITED(4429),
  /// No owner: the ticket or token is missing or proves nothing.
  BAD_CREDENTIALS(4500),
  /// The user has logged out.
  LOGGED_OUT(4501),
  /// A page that may not connect.
  FORBIDDEN_ORIGIN(4503),
  /// The user, the client's address or this gateway has enough connections.
  TOO_MANY_CONNECTIONS(4529);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  /// The number as it travels.
  public int number() {
    return number;
  }
}
