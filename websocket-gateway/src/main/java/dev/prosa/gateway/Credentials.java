package dev.prosa.gateway;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a handshake offers to prove who it comes from.
///
/// @param browser whether it names an origin, as every browser does
/// @param ticket null when none is offered
/// @param bearer null when there is no `Authorization`; empty when that is not a bearer token
record Credentials(boolean browser, @Nullable String ticket, @Nullable String bearer) {

  private static final String TICKET = "ticket.";
  private static final String BEARER = "Bearer ";

  /// Reads the headers of a handshake; null is an absent one.
  static Credentials of(
      @Nullable String origin, @Nullable String subprotocols, @Nullable String authorization) {
    return new Credentials(origin != null, ticket(subprotocols), bearer(authorization));
  }

  private static @Nullable String ticket(@Nullable String subprotocols) {
    return subprotocols == null
        ? null
        : Arrays.stream(subprotocols.split(","))
            .map(String::strip)
            .filter(p -> p.startsWith(TICKET))
            .map(p -> p.substring(TICKET.length()))
            .findFirst()
            .orElse(null);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    return authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()).strip() : "";
  }

  /// Never shows what it holds.
  @Override
  public String toString() {
    return "Credentials[" + (browser ? "browser" : "no browser") + "]";
  }
}
