package dev.prosa.worker.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prosa.core.runtime.AwsTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A server that answers like the Parameter Store and Secrets Manager: one POST for all, the
/// operation in `X-Amz-Target`, AWS JSON 1.1 in the body.
final class KeyStore implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean allowed = true;

  KeyStore() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange);
          }
        });
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(operation + " " + request);
    var value = values.get(request.replaceFirst(".*\"(Name|SecretId)\":\"([^\"]*)\".*", "$2"));
    if (!allowed) {
      send(exchange, 400, error("AccessDeniedException"));
    } else if (operation.equals("AmazonSSM.GetParameter")) {
      var answer = "{\"Parameter\":{\"Type\":\"SecureString\",\"Value\":\"%s\"}}";
      send(exchange, value, answer, "ParameterNotFound");
    } else {
      send(exchange, value, "{\"SecretString\":\"%s\"}", "ResourceNotFoundException");
    }
  }

  private static void send(
      HttpExchange exchange, @Nullable String value, String answer, String missing)
      throws IOException {
    if (value == null) {
      send(exchange, 400, error(missing));
    } else {
      send(exchange, 200, answer.formatted(value.replace("\n", "\\n")));
    }
  }

  private static String error(String type) {
    return "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(type);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// Stores `value` in both, under `name`.
  KeyStore put(String name, String value) {
    values.put(name, value);
    return this;
  }

  /// Whether it lets anybody read.
  void allow(boolean now) {
    allowed = now;
  }

  ProviderKeys.Stores stores() {
    var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var target = new AwsTarget("us-east-1", uri);
    return new ProviderKeys.Stores(target, target);
  }

  /// The operation and the body of every request so far.
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
