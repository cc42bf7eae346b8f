package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A socket that sends whatever bytes it is told.
final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 300;

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  RawClient sendHex(String bytes) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(bytes));
    return this;
  }

  /// Asks for a WebSocket and waits for the answer: a client that goes on before is cut off.
  RawClient handshake() throws IOException {
    send(
        """
        GET / HTTP/1.1\r
        Host: localhost\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """);
    readHandshake();
    return this;
  }

  private void readHandshake() throws IOException {
    var answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      var next = socket.getInputStream().read();
      assertThat(next).as("an answer, after %s", answer).isNotNegative();
      answer.append((char) next);
    }
    assertThat(answer).startsWith("HTTP/1.1 101 ");
  }

  /// Whether nothing comes for a while.
  boolean hasNothingToRead() throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    try {
      var next = socket.getInputStream().read();
      throw new AssertionError("read " + next);
    } catch (SocketTimeoutException nothing) {
      return true;
    } finally {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    }
  }

  byte[] read(int length) throws IOException {
    return socket.getInputStream().readNBytes(length);
  }

  /// Reads until the server closes.
  ///
  /// @throws IOException also when it does not
  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// Waits until the server closes, whether or not it read everything.
  boolean isCutOff() throws IOException {
    try {
      return readAll().isEmpty();
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
