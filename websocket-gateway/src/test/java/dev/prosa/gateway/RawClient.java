package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.documents.AsyncApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/// A socket that sends whatever bytes it is told.
final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 300;

  private static final List<String> HANDSHAKE =
      List.of(
          "GET / HTTP/1.1",
          "Host: localhost",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

  private final Socket socket;
  private final InputStream in;
  private long bytesRead;

  RawClient(int port) throws IOException {
    this(port, InetAddress.getLoopbackAddress());
  }

  /// @param from the address of this machine that it comes from
  RawClient(int port, InetAddress from) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = socket.getInputStream();
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
  ///
  /// @param headers lines without their ends, beside those that every client sends
  RawClient handshake(String... headers) throws IOException {
    askForWebSocket(headers);
    var answer = readHead();
    assertThat(answer).startsWith("HTTP/1.1 101 ");
    return this;
  }

  /// Asks for a WebSocket and does not wait.
  RawClient askForWebSocket(String... headers) throws IOException {
    var lines = new ArrayList<>(HANDSHAKE);
    lines.addAll(List.of(headers));
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /// Reads the head of an HTTP answer.
  String readHead() throws IOException {
    var answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      assertThat(next).as("an answer, after %s", answer).isNotNegative();
      bytesRead++;
      answer.append((char) next);
    }
    return answer.toString();
  }

  /// Says that nothing more comes, and goes.
  void hangUp() throws IOException {
    socket.shutdownOutput();
  }

  /// Cuts the connection without a goodbye.
  void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Reads the next bytes, as numbers from 0 to 255.
  int[] readBytes(int count) throws IOException {
    var bytes = read(count);
    return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray();
  }

  /// Reads the next frames, which must be text.
  List<String> readText(int count) throws IOException {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      assertThat(readBytes(1)).as("a text frame after %s", texts).containsExactly(0x81);
      var length = readBytes(1)[0];
      if (length == 126) {
        var two = readBytes(2);
        length = two[0] << 8 | two[1];
      }
      var text = new String(read(length), StandardCharsets.UTF_8);
      AsyncApi.DOCUMENTED.requireFromServer(text);
      texts.add(text);
    }
    return texts;
  }

  /// Whether nothing comes for a while.
  boolean hasNothingToRead() throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    try {
      throw new AssertionError("read " + in.read());
    } catch (SocketTimeoutException nothing) {
      return true;
    } finally {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    }
  }

  byte[] read(int length) throws IOException {
    var bytes = in.readNBytes(length);
    bytesRead += bytes.length;
    return bytes;
  }

  /// How many bytes were read so far, answer and headers of frames included.
  long bytesRead() {
    return bytesRead;
  }

  /// Reads until the server closes.
  ///
  /// @throws IOException also when it does not
  String readAll() throws IOException {
    var bytes = in.readAllBytes();
    bytesRead += bytes.length;
    return new String(bytes, StandardCharsets.ISO_8859_1);
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
