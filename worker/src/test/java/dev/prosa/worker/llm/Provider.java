package dev.prosa.worker.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An endpoint that answers every request in one way.
final class Provider implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @FunctionalInterface
  interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  Provider(Behaviour behaviour) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(
                exchange.getRequestHeaders().getFirst("Authorization")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            behaviour.answer(exchange);
          }
        });
    server.setExecutor(threads);
    server.start();
  }

  static Behaviour status(int status, String mediaType, String body) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Behaviour stream(String... data) {
    return exchange -> write(exchange, data);
  }

  static void write(HttpExchange exchange, String... data) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    for (var event : data) {
      exchange
          .getResponseBody()
          .write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    }
  }

  static String text(String text) {
    return chunk("{\"content\":\"" + text + "\"}", "null");
  }

  static String end(String reason) {
    return chunk("{}", "\"" + reason + "\"");
  }

  private static String chunk(String delta, String reason) {
    return """
    {"id":"x","object":"chat.completion.chunk","created":1,"model":"m-1-2026",\
    "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}\
    """
        .formatted(delta, reason);
  }

  static String usage(int prompt, int completion) {
    return """
    {"id":"x","object":"chat.completion.chunk","created":1,"model":"m-1-2026","choices":[],\
    "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":9}}\
    """
        .formatted(prompt, completion);
  }

  LanguageModel model() {
    return LanguageModel.openAi(
        OpenAiEndpoint.of("p-1", uri(), "sk-canary-1", "m-1", Duration.ofSeconds(20)),
        InstantSource.fixed(NOW));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /// The `Authorization` and the body of every request so far.
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
