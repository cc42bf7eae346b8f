package dev.prosa.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/// A server that answers like the Parameter Store and Secrets Manager: one POST for all, the
/// operation in `X-Amz-Target`, AWS JSON 1.1 in the body.
final class KeyStore implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

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
    var request = JSON.readTree(exchange.getRequestBody());
    requests.add(operation + " " + request);
    if (status != 200) {
      send(exchange, status, error("AccessDeniedException", "not for you"));
      return;
    }
    switch (operation) {
      case "AmazonSSM.GetParameter" -> parameter(exchange, request.path("Name").asText());
      case "secretsmanager.GetSecretValue" -> secret(exchange, request.path("SecretId").asText());
      default -> send(exchange, 400, error("UnknownOperationException", operation));
    }
  }

  private void parameter(HttpExchange exchange, String name) throws IOException {
    var value = values.get(name);
    if (value == null) {
      send(exchange, 400, error("ParameterNotFound", name));
    } else {
      var parameter = Map.of("Name", name, "Type", "SecureString", "Value", value, "Version", 1);
      send(exchange, 200, JSON.valueToTree(Map.of("Parameter", parameter)));
    }
  }

  private void secret(HttpExchange exchange, String id) throws IOException {
    var value = values.get(id);
    if (value == null) {
      send(exchange, 400, error("ResourceNotFoundException", "cannot find the secret"));
    } else {
      send(exchange, 200, JSON.valueToTree(Map.of("Name", id, "SecretString", value)));
    }
  }

  private static JsonNode error(String type, String message) {
    return JSON.valueToTree(Map.of("__type", type, "message", message));
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
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
  void allow(boolean allowed) {
    status = allowed ? 200 : 400;
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
