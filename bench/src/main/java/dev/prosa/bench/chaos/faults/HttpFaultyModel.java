package dev.prosa.bench.chaos.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.chaos.evidence.Signature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Server-sent events over the JDK's server.
final class HttpFaultyModel implements FaultyModel {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MIN_WORDS = 8;
  private static final int MORE_WORDS = 32;
  private static final Duration WORD = Duration.ofMillis(12);
  private static final Duration STALL = Duration.ofSeconds(6);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentHashMap<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Script script;
  private final KillOrders orders;
  private final Journal journal;
  private volatile boolean away;
  private volatile boolean healed;

  private HttpFaultyModel(HttpServer server, Script script, KillOrders orders, Journal journal) {
    this.server = server;
    this.script = script;
    this.orders = orders;
    this.journal = journal;
  }

  static HttpFaultyModel start(Script script, KillOrders orders, Journal journal) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var model = new HttpFaultyModel(server, script, orders, journal);
      server.createContext("/", model::serve);
      server.setExecutor(model.threads);
      server.start();
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve a model", e);
    }
  }

  @Override
  public URI uri(String worker) {
    return URI.create("http://127.0.0.1:%d/%s/v1".formatted(server.getAddress().getPort(), worker));
  }

  @Override
  public void away(boolean isAway) {
    away = isAway;
  }

  @Override
  public void heal() {
    healed = true;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var worker = String.valueOf(exchange.getRequestURI().getPath()).split("/", 3)[1];
      answer(exchange, worker, JSON.readTree(exchange.getRequestBody()).path("messages"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String worker, JsonNode messages)
      throws IOException, InterruptedException {
    var question = Signature.question(messages.path(messages.size() - 1).path("content").asText());
    var call = calls.computeIfAbsent(question, _ -> new AtomicInteger()).incrementAndGet();
    var words = MIN_WORDS + new Random(script.seed() + question * 31L + call).nextInt(MORE_WORDS);
    var signature = new Signature(question, call, words);
    var fault = fault(question, call);
    note(worker, signature, fault, messages);
    switch (fault) {
      case ERROR -> refuse(exchange, 500);
      case DOWN -> refuse(exchange, 503);
      case BUSY -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        refuse(exchange, 429);
      }
      case GARBAGE -> sendPage(exchange);
      case NONE, CUT, BROKEN, STALLED, POISON -> stream(exchange, worker, signature, fault);
    }
  }

  private ModelFault fault(int question, int call) {
    if (healed) {
      return ModelFault.NONE;
    }
    if (away) {
      return ModelFault.DOWN;
    }
    if (script.poison().contains(question)) {
      return ModelFault.POISON;
    }
    return ModelFault.of(
        script.seed(), question, call, script.doomed().contains(question) ? 1 : script.faults());
  }

  private void note(String worker, Signature signature, ModelFault fault, JsonNode messages) {
    journal.note(
        Kind.CALL,
        e -> {
          e.put("process", worker)
              .put("question", signature.question())
              .put("call", signature.call())
              .put("words", signature.words())
              .put("fault", fault.name());
          var history = e.putArray("history");
          for (var i = 0; i + 1 < messages.size(); i += 2) {
            var reply = messages.path(i + 1).path("content").asText();
            history
                .addObject()
                .put("question", Signature.question(messages.path(i).path("content").asText()))
                .put("hash", reply.hashCode());
          }
        });
  }

  private void stream(HttpExchange exchange, String worker, Signature signature, ModelFault fault)
      throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    var out = exchange.getResponseBody();
    var half = signature.words() / 2;
    for (var place = 0; place < signature.words(); place++) {
      if (place == half && endsHalfWay(worker, fault, out)) {
        return;
      }
      Thread.sleep(WORD);
      send(out, chunk(signature.word(place)));
    }
    var last = chunk("");
    ((ObjectNode) last.path("choices").path(0)).put("finish_reason", "stop");
    send(out, last);
    out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    out.close();
  }

  private boolean endsHalfWay(String worker, ModelFault fault, OutputStream out)
      throws IOException, InterruptedException {
    return switch (fault) {
      case CUT -> {
        out.close();
        yield true;
      }
      case BROKEN -> true;
      case STALLED -> {
        Thread.sleep(STALL);
        yield true;
      }
      case POISON -> {
        var _ = orders.kill().test(worker, "poison");
        yield true;
      }
      default -> orders.strike(KillPoint.MID_STREAM, worker);
    };
  }

  private static void send(OutputStream out, ObjectNode chunk) throws IOException {
    out.write(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static ObjectNode chunk(String text) {
    var chunk = JSON.createObjectNode();
    chunk
        .put("id", "chaos")
        .put("object", "chat.completion.chunk")
        .put("created", 1)
        .put("model", "chaos");
    var choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta").put("content", text);
    return chunk;
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    send(exchange, status, "application/json", "{\"error\":{\"message\":\"chaos\"}}");
  }

  private static void sendPage(HttpExchange exchange) throws IOException {
    send(exchange, 200, "text/html", "<html><body>Please sign in</body></html>");
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
    server.stop(0);
    threads.shutdownNow();
  }
}
