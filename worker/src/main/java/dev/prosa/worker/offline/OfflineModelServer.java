package dev.prosa.worker.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The offline model on the HTTP server of the JDK, with a virtual thread per request.
final class OfflineModelServer implements OfflineModel {

  private static final Logger LOG = LoggerFactory.getLogger(OfflineModelServer.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
  private static final long MAX_DRAINED_BYTES = 64L * 1024 * 1024;

  /// A stream is a virtual thread and a socket; this stays below the usual limit of 1,024 files.
  static final int MAX_STREAMS = 1_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore streams;
  private final ChatHandler chat;

  private OfflineModelServer(HttpServer server, ChatHandler chat, int maxStreams) {
    this.server = server;
    this.chat = chat;
    this.streams = new Semaphore(maxStreams);
  }

  static OfflineModelServer start(Pace pace, InstantSource time, int maxStreams) {
    prepareServersOfThisProcess();
    try {
      var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0);
      var http = HttpServer.create(address, maxStreams);
      var model = new OfflineModelServer(http, new ChatHandler(pace, time), maxStreams);
      http.setExecutor(model.threads);
      http.createContext("/v1/chat/completions", model::chat);
      http.createContext("/v1/models", model::models);
      http.start();
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException("the offline model cannot open a port on 127.0.0.1", e);
    }
  }

  /// The JDK reads these settings once per process, when the first server is made. A reply may take
  /// as long as it likes, a request may not. Without the first one a word can wait 40 ms for the
  /// acknowledgement of the one before.
  private static void prepareServersOfThisProcess() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", "30");
    }
  }

  private void models(HttpExchange exchange) throws IOException {
    var list = JsonNodeFactory.instance.objectNode().put("object", "list");
    list.putArray("data")
        .addObject()
        .put("id", MODEL)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "prosa");
    Reply.json(exchange, 200, list);
  }

  private void chat(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      Reply.error(exchange, 405, "invalid_request_error", "only POST is allowed");
    } else if (!streams.tryAcquire()) {
      Reply.error(exchange, 503, "server_error", "too many answers are streaming", 1);
    } else {
      try {
        complete(exchange);
      } finally {
        streams.release();
      }
    }
  }

  private void complete(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      drain(exchange);
      Reply.error(exchange, 413, "invalid_request_error", "the body is over 4 MiB");
      return;
    }
    try {
      chat.handle(exchange, ChatRequest.parse(body));
    } catch (ChatRequest.InvalidException e) {
      Reply.error(exchange, 400, "invalid_request_error", e.problem());
    } catch (IOException e) {
      LOG.debug("a completion ended early; its connection is cut", e);
      throw e;
    }
  }

  /// Reads on, within a limit: a client that is still sending would not see the response.
  private static void drain(HttpExchange exchange) throws IOException {
    var in = exchange.getRequestBody();
    var buffer = new byte[64 * 1024];
    for (long drained = 0; drained < MAX_DRAINED_BYTES; drained += buffer.length) {
      if (in.readNBytes(buffer, 0, buffer.length) < buffer.length) {
        return;
      }
    }
  }

  @Override
  public URI baseUri() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
