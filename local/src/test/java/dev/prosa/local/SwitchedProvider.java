package dev.prosa.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that is there or away, and says its own name.
final class SwitchedProvider implements AutoCloseable {

  private static final String CHUNK =
      "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";

  private final LoopbackHttp server;
  private final String name;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean away;

  SwitchedProvider(String name) {
    this.name = name;
    this.server = new LoopbackHttp(this::answer);
  }

  String uri() {
    return server.uri().toString();
  }

  void away(boolean isAway) {
    away = isAway;
  }

  int calls() {
    return calls.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      calls.incrementAndGet();
      if (away) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      var text = CHUNK.formatted("{\"content\":\"I am " + name + ".\"}", "null");
      var body = text + CHUNK.formatted("{}", "\"stop\"") + "data: [DONE]\n\n";
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
