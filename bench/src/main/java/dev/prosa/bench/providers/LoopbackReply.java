package dev.prosa.bench.providers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// One reply as server-sent events; each call sends at once what it has to send. Used by one
/// thread.
final class LoopbackReply {

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final OutputStream out;

  LoopbackReply(OutputStream out) {
    this.out = out;
  }

  /// Says that text will come.
  void begin() throws IOException {
    out.write(bytes(HEAD));
  }

  /// @param text needs no escapes in JSON
  void say(String text) throws IOException {
    out.write(event(chunk("{\"content\":\"" + text + "\"}", "null")));
  }

  /// Ends the reply well; the connection stays for the next request.
  void end() throws IOException {
    var end = new ByteArrayOutputStream();
    end.writeBytes(event(chunk("{}", "\"stop\"")));
    end.writeBytes(event("[DONE]"));
    end.writeBytes(bytes("0\r\n\r\n"));
    out.write(end.toByteArray());
  }

  private static String chunk(String delta, String reason) {
    return """
    {"id":"bench","object":"chat.completion.chunk","created":1,"model":"bench",\
    "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}\
    """
        .formatted(delta, reason);
  }

  /// One event is one chunk of the body (RFC 9112, 7.1); it is ASCII.
  private static byte[] event(String data) {
    var event = "data: " + data + "\n\n";
    return bytes(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
