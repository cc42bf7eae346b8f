package dev.prosa.local.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/// An HTTP API that answers what it was told to, the last answer of a route again and again. It has
/// no sockets: a route that it was told nothing about answers 503.
final class ScriptedServer implements AutoCloseable {

  /// @param status the HTTP status
  /// @param body JSON
  record Scripted(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Queue<Scripted>> answers = new HashMap<>();
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ScriptedServer on(String path, Scripted... scripted) {
    answers.put(path, new ArrayDeque<>(List.of(scripted)));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (key != null) {
      keys.add(key);
    }
    var scripted = next(String.valueOf(exchange.getRequestURI().getPath()));
    var body = scripted.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(scripted.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Scripted next(String path) {
    var queue = answers.getOrDefault(path, new ArrayDeque<>(List.of(new Scripted(503, "{}"))));
    return Objects.requireNonNull(queue.size() > 1 ? queue.remove() : queue.peek());
  }

  /// The idempotency keys of all requests, in order.
  List<String> keys() {
    return List.copyOf(keys);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
