package dev.prosa.bench.gateway;

import dev.prosa.core.identity.OwnerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A handshake of the client (RFC 6455, section 4.1).
///
/// @param port of 127.0.0.1
/// @param headers beside those that every handshake has
record Dial(int port, List<String> headers) {

  /// The page that a gateway lets in when nothing else is set.
  private static final String ORIGIN = "http://localhost:8080";

  /// The example of RFC 6455, section 1.3, and what a server answers to it: one key is as good as
  /// another where nothing lies between.
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  Dial {
    headers = List.copyOf(headers);
  }

  /// A program that names its user, as development mode believes it.
  static Dial asUser(int port, OwnerId user) {
    return new Dial(port, List.of("Authorization: Bearer dev-" + user));
  }

  /// A page with its ticket.
  static Dial withTicket(int port, String ticket) {
    return new Dial(
        port, List.of("Origin: " + ORIGIN, "Sec-WebSocket-Protocol: prosa.v1, ticket." + ticket));
  }

  ByteBuffer request() {
    var text =
        """
        GET / HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: %s\r
        %s\r
        \r
        """
            .formatted(port, KEY, String.join("\r\n", headers));
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Whether a response says yes.
  static boolean isAccepted(String response) {
    return response.startsWith("HTTP/1.1 101 ") && response.contains(ACCEPT);
  }
}
