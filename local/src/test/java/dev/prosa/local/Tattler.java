package dev.prosa.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/// A provider that fails the way the question asks for, and repeats the key and the question in
/// whatever it says about it, as real ones do. It can also answer, or begin to.
final class Tattler implements AutoCloseable {

  /// What it says when it answers.
  static final String ANSWER = "canary-answer-31cd";

  private static final String CHUNK =
      "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";
  private static final String BEGIN =
      CHUNK.formatted("{\"content\":\"%s\"}".formatted(ANSWER), "null");
  private static final String END = CHUNK.formatted("{}", "\"stop\"") + "data: [DONE]\n\n";

  private final CountDownLatch closed = new CountDownLatch(1);
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
      if (question.contains("answer this")) {
        send(exchange, 200, "text/event-stream", BEGIN + END);
      } else if (question.contains("begin this")) {
        begin(exchange);
      } else if (question.contains("fail with stream")) {
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

  /// Says a little, and no more until somebody ends it.
  private void begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(BEGIN.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    closed.countDown();
    server.close();
  }
}
