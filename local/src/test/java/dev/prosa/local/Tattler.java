package dev.prosa.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A provider that fails the way the question asks for, and repeats the key and the question in
/// whatever it says about it, as real ones do.
final class Tattler implements AutoCloseable {

  private final LoopbackHttp server = new LoopbackHttp(this::answer);

  URI uri() {
    return server.uri();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var told =
          Json.quote(exchange.getRequestHeaders().getFirst("Authorization") + " asks " + question);
      var error =
          "{\"error\":{\"message\":%s,\"type\":%s,\"code\":%s}}".formatted(told, told, told);
      if (question.contains("fail with stream")) {
        send(exchange, 200, "text/event-stream", "data: " + error + "\n\n");
      } else if (question.contains("fail with page")) {
        send(exchange, 200, "text/html", "<html>" + told + "</html>");
      } else if (question.contains("fail with chunk")) {
        send(exchange, 200, "text/event-stream", "data: {\"choices\":" + told + "}\n\n");
      } else {
        send(exchange, status(question), "application/json", error);
      }
    }
  }

  private static int status(String question) {
    var at = question.indexOf("fail with ") + "fail with ".length();
    return Integer.parseInt(question, at, at + 3, 10);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.close();
  }
}
