package dev.prosa.core.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The JDK's server, with a few virtual threads.
final class HttpStatusPort implements StatusPort {

  private static final Logger LOG = LoggerFactory.getLogger(HttpStatusPort.class);
  private static final int BACKLOG = 16;

  /// A request that trickles in holds one of them until the limit of its time.
  private static final int THREADS = 8;

  private static final String JSON = "application/json";
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, Thread.ofVirtual().name("status-", 0).factory());
  private final Supplier<String> metrics;
  private final BooleanSupplier health;

  private HttpStatusPort(HttpServer server, Supplier<String> metrics, BooleanSupplier health) {
    this.server = server;
    this.metrics = metrics;
    this.health = health;
  }

  static HttpStatusPort open(
      InetAddress address, int port, Supplier<String> metrics, BooleanSupplier health) {
    limitServersOfThisProcess();
    try {
      var server = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
      var status = new HttpStatusPort(server, metrics, health);
      server.createContext("/", status::serve);
      server.setExecutor(status.threads);
      server.start();
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on %s port %d".formatted(address, port), e);
    }
  }

  /// The JDK reads these settings once, when the first server of the process is made. A process
  /// that serves more than this has set its own by then.
  private static void limitServersOfThisProcess() {
    limit("sun.net.httpserver.maxReqTime", "5");
    limit("sun.net.httpserver.maxRspTime", "5");
    limit("sun.net.httpserver.maxReqHeaderSize", "8192");
    limit("jdk.httpserver.maxConnections", "64");
  }

  private static void limit(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private void serve(HttpExchange exchange) {
    try (exchange) {
      answer(exchange);
    } catch (IOException e) {
      LOG.debug("the client left before it was answered", e);
    } catch (RuntimeException e) {
      LOG.error("a request for the status broke off without an answer", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      send(exchange, 405, PLAIN, "Allowed: GET, HEAD\n");
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/health" -> sendHealth(exchange);
      case "/metrics" -> send(exchange, 200, METRICS_TYPE, metrics.get());
      case null, default -> send(exchange, 404, PLAIN, "Here are /health and /metrics.\n");
    }
  }

  private void sendHealth(HttpExchange exchange) throws IOException {
    if (health.getAsBoolean()) {
      send(exchange, 200, JSON, "{\"status\":\"up\"}");
    } else {
      send(exchange, 503, JSON, "{\"status\":\"down\"}");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    // a body that nobody asked for is not read, so what follows it could not be understood
    headers.set("Connection", "close");
    var head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
