package dev.prosa.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// A handshake with a few things wrong.
final class HandshakeFuzz {

  private static final List<String> REQUESTS =
      List.of(
          "GET / HTTP/1.0",
          "GET / HTTP/2.0",
          "GET / HTTP/1.1 ",
          "GET  /  HTTP/1.1",
          "GET /",
          "GET",
          "POST / HTTP/1.1",
          "OPTIONS * HTTP/1.1",
          "CONNECT localhost:443 HTTP/1.1",
          "get / http/1.1",
          "GET http://evil.example/ HTTP/1.1",
          "GET /../../etc/passwd HTTP/1.1",
          "GET /%00%0d%0a HTTP/1.1",
          "GET /\u0000 HTTP/1.1",
          "HTTP/1.1 101 Switching Protocols",
          "PRI * HTTP/2.0",
          "\u0016\u0003\u0001\u0002\u0000\u0001",
          "");

  private static final List<String> HEADERS =
      List.of(
          "Upgrade: h2c",
          "Upgrade: websocket, websocket",
          "Connection: close",
          "Connection: keep-alive, Upgrade",
          "Sec-WebSocket-Version: 8",
          "Sec-WebSocket-Version: 13, 8",
          "Sec-WebSocket-Version: 99999999999999999999",
          "Sec-WebSocket-Version: x",
          "Sec-WebSocket-Key: ",
          "Sec-WebSocket-Key: !!!",
          "Sec-WebSocket-Key: AAAA",
          "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
          "Sec-WebSocket-Protocol: ,,,",
          "Sec-WebSocket-Protocol: prosa.v1, ticket.",
          "Sec-WebSocket-Protocol: prosa.v2",
          "Origin: http://evil.example",
          "Origin: null",
          "Origin: ",
          "Authorization: Basic eDp5",
          "Authorization: Bearer ",
          "Authorization: Bearer dev-mallory,dev-ann",
          "X-Forwarded-For: 192.0.2.1, , ;;, [::",
          "Prosa-Probe: x",
          "Content-Length: 99999999999",
          "Content-Length: -1",
          "Transfer-Encoding: chunked",
          "Expect: 100-continue",
          ": no name",
          "no colon",
          "Host : blank before",
          "\u00fcber: \u00fc",
          "X: a\tb\u0007c\u007f",
          "Sec-WebSocket-Key",
          " folded: of nothing");

  private final RandomGenerator dice;
  private final List<String> lines = new ArrayList<>();

  HandshakeFuzz(RandomGenerator dice) {
    this.dice = dice;
    lines.addAll(lines("mallory"));
  }

  /// The lines of a handshake as it should be, for a client that is no browser.
  static List<String> lines(String user) {
    return List.of(
        "GET / HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Authorization: Bearer dev-" + user);
  }

  /// The handshake as it should be.
  static byte[] good(String user) {
    return (String.join("\r\n", lines(user)) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Everything that the client writes.
  byte[] stream() {
    var end = "\r\n";
    for (int i = dice.nextInt(4); i > 0; i--) {
      mutate();
    }
    if (dice.nextInt(12) == 0) {
      end = dice.nextBoolean() ? "\n" : "\r";
    }
    var text = String.join(end, lines) + end + end;
    var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    switch (dice.nextInt(10)) {
      case 0 -> flip(bytes);
      case 1 -> bytes = with(bytes, dice.nextInt(bytes.length + 1), control());
      case 2 -> bytes = with(bytes, bytes.length, Frame.text("{\"type\":\"ping\"}", dice).bytes());
      case 3 -> bytes = Arrays.copyOf(bytes, dice.nextInt(bytes.length));
      default -> {
        // as it is
      }
    }
    return bytes;
  }

  private void mutate() {
    var at = dice.nextInt(lines.size());
    switch (dice.nextInt(8)) {
      case 0 -> lines.set(0, REQUESTS.get(dice.nextInt(REQUESTS.size())));
      case 1 -> {
        if (lines.size() > 1) {
          lines.remove(at);
        }
      }
      case 2 -> lines.add(lines.get(at));
      case 3 -> lines.add(at, "X: " + "x".repeat(dice.nextInt(12_000)));
      case 4 -> many();
      case 5 -> lines.set(at, lines.get(at).replace(" ", "\r\n ")); // folded
      default -> lines.add(Math.max(1, at), HEADERS.get(dice.nextInt(HEADERS.size())));
    }
  }

  private void many() {
    for (int i = dice.nextInt(600); i > 0; i--) {
      lines.add("h" + i + ": ");
    }
  }

  private byte[] control() {
    return new byte[] {(byte) dice.nextInt(32)};
  }

  private void flip(byte[] bytes) {
    for (int i = 1 + dice.nextInt(4); i > 0; i--) {
      bytes[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(8));
    }
  }

  private static byte[] with(byte[] bytes, int at, byte[] more) {
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(more);
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }
}
