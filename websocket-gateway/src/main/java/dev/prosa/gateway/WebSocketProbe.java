package dev.prosa.gateway;

import dev.prosa.core.runtime.RandomId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.java_websocket.handshake.ClientHandshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Comes to the gateway's own door as a client does, to find out whether it still opens. It does
/// not when the descriptors of the process are used up or the library's selector is dead, while
/// everything else looks well. Thread-safe.
///
/// It names no origin, since it is no browser, and is known by a secret of this process: so it is
/// nobody's connection and is not counted.
final class WebSocketProbe {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketProbe.class);

  private static final String HEADER = "Prosa-Probe";

  /// Both together stay below the 2 s within which an answer is promised.
  static final int CONNECT_MILLIS = 500;

  static final int ANSWER_MILLIS = 1200;
  private static final int MAX_ANSWER_BYTES = 1024;

  /// RFC 6455, section 1.3: a nonce and the proof that a server has understood it.
  private static final String NONCE = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String PROOF = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  /// A close frame with code 1000, masked with zeros (RFC 6455, section 5.5.1).
  private static final byte[] GOODBYE = HexFormat.of().parseHex("88820000000003e8");

  private final String secret = RandomId.create().value();

  /// Whether a handshake is one of ours.
  boolean isOwn(ClientHandshake request) {
    return secret.equals(request.getFieldValue(HEADER));
  }

  /// Whether a WebSocket opens at `address`; returns within 2 s.
  boolean opensAt(InetSocketAddress address) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(address, CONNECT_MILLIS);
      var out = socket.getOutputStream();
      out.write(handshake());
      // the server writes its answer in one piece, so one read has it
      var answer = new byte[MAX_ANSWER_BYTES];
      var length = Math.max(0, socket.getInputStream().read(answer));
      var opened = isYes(new String(answer, 0, length, StandardCharsets.US_ASCII));
      if (opened) {
        out.write(GOODBYE);
      } else {
        LOG.warn("this gateway refuses its own handshake; reported as down");
      }
      return opened;
    } catch (IOException e) {
      LOG.warn(
          "this gateway does not answer its own handshake ({}); reported as down", e.toString());
      return false;
    }
  }

  private static boolean isYes(String answer) {
    return answer.startsWith("HTTP/1.1 101 ") && answer.contains(PROOF);
  }

  private byte[] handshake() {
    return """
    GET / HTTP/1.1\r
    Host: localhost\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Version: 13\r
    Sec-WebSocket-Key: %s\r
    %s: %s\r
    \r
    """
        .formatted(NONCE, HEADER, secret)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
