package dev.prosa.worker.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The server's end of one connection, byte by byte. Used by one thread.
public final class Wire {

  private final Socket socket;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    socket.setTcpNoDelay(true);
  }

  /// A whole answer that is not a stream.
  ///
  /// @param headers more lines of the head, each with its line end; may be empty
  public void status(int status, String headers, String body) throws IOException {
    var length = body.getBytes(StandardCharsets.UTF_8).length;
    raw(
        "HTTP/1.1 %d Told\r\nConnection: close\r\nContent-Type: application/json\r\n"
                .formatted(status)
            + "Content-Length: %d\r\n%s\r\n%s".formatted(length, headers, body));
  }

  /// The head of a stream.
  public void head() throws IOException {
    raw(
        """
        HTTP/1.1 200 OK\r
        Connection: close\r
        Content-Type: text/event-stream\r
        Transfer-Encoding: chunked\r
        \r
        """);
  }

  /// One chunk of the body.
  public void chunk(byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    raw("\r\n");
  }

  /// One chunk of the body.
  public void chunk(String text) throws IOException {
    chunk(text.getBytes(StandardCharsets.UTF_8));
  }

  /// One event of the stream.
  public void event(String data) throws IOException {
    chunk("data: " + data + "\n\n");
  }

  /// An event with text.
  public void text(String text) throws IOException {
    event(choice("{\"content\":\"" + text + "\"}", "null"));
  }

  /// An event with a finish reason.
  public void finish(String reason) throws IOException {
    event(choice("{}", "\"" + reason + "\""));
  }

  /// An event as providers send it.
  ///
  /// @param delta JSON
  /// @param reason JSON
  public static String choice(String delta, String reason) {
    return """
    {"id":"x","object":"chat.completion.chunk","created":1,"model":"m-1-2026",\
    "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}\
    """
        .formatted(delta, reason);
  }

  /// The last event and the last chunk.
  public void done() throws IOException {
    event("[DONE]");
    raw("0\r\n\r\n");
  }

  /// A whole sound reply.
  public void reply(String... pieces) throws IOException {
    head();
    for (var piece : pieces) {
      text(piece);
    }
    finish("stop");
    done();
  }

  /// Anything at all.
  public void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// Says nothing until the client closes its socket.
  public void silence() throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // what else a client may say does not matter
    }
  }

  /// Says nothing for a while.
  public void pause(Duration time) throws IOException {
    try {
      var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the test is over", e);
    }
  }
}
