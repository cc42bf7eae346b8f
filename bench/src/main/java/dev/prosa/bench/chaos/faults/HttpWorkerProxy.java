package dev.prosa.bench.chaos.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// One port for both services, because the operation tells them apart.
final class HttpWorkerProxy implements WorkerProxy {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final String worker;
  private final Surroundings with;
  private final Journal journal;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  private final Random dice;
  private volatile int lastAskedFor;
  private volatile @Nullable String awaitingPublish;

  private HttpWorkerProxy(String worker, Surroundings with, HttpServer server) {
    this.worker = worker;
    this.with = with;
    this.journal = with.journal();
    this.server = server;
    this.dice = new Random(with.seed() + worker.hashCode());
  }

  static HttpWorkerProxy start(String worker, Surroundings with) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var proxy = new HttpWorkerProxy(worker, with, server);
      server.createContext("/", proxy::serve);
      server.setExecutor(proxy.threads);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stand before " + worker, e);
    }
  }

  @Override
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public String worker() {
    return worker;
  }

  @Override
  public int lastAskedFor() {
    return lastAskedFor;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      pass(exchange, target, body, AwsCall.of(target, body));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange, String target, byte[] body, AwsCall call)
      throws IOException, InterruptedException {
    if (killedBefore(call) || refused(exchange, call)) {
      return;
    }
    if (call.step() == AwsCall.Step.RECEIVE) {
      lastAskedFor = call.body().path("MaxNumberOfMessages").asInt();
    }
    var answer = forward(exchange, target, body);
    if (answer.statusCode() == OK) {
      note(call, answer.body());
    }
    if (!killedAfter(call, answer) && !lost(call)) {
      send(exchange, answer.statusCode(), answer.body());
    }
  }

  private boolean killedBefore(AwsCall call) {
    return switch (call.step()) {
      case CLAIM -> with.orders().strike(KillPoint.BEFORE_CLAIM, worker);
      case FINISH -> with.orders().strike(KillPoint.BEFORE_COMMIT, worker);
      case DELETE -> killedAfterPublish() || with.orders().strike(KillPoint.BEFORE_DELETE, worker);
      default -> false;
    };
  }

  private boolean killedAfter(AwsCall call, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != OK) {
      return false;
    }
    return switch (call.step()) {
      case CLAIM -> with.orders().strike(KillPoint.AFTER_CLAIM, worker);
      case FINISH -> {
        if (with.orders().strike(KillPoint.AFTER_COMMIT, worker)) {
          yield true;
        }
        if (awaitingPublish == null && with.orders().take(KillPoint.AFTER_PUBLISH)) {
          awaitingPublish = call.job();
        }
        yield false;
      }
      default -> false;
    };
  }

  @Override
  public void published(String job) {
    if (job.equals(awaitingPublish)) {
      var _ = killedAfterPublish();
    }
  }

  /// A worker publishes before it deletes: when the delete comes, the event is out even if no
  /// gateway was there to hear it.
  private synchronized boolean killedAfterPublish() {
    if (awaitingPublish == null) {
      return false;
    }
    awaitingPublish = null;
    return with.orders().carryOut(KillPoint.AFTER_PUBLISH, worker);
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, String target, byte[] body)
      throws IOException, InterruptedException {
    var upstream = target.startsWith("DynamoDB") ? with.dynamoDb() : with.sqs();
    var path = String.valueOf(exchange.getRequestURI().getRawPath());
    var request =
        HttpRequest.newBuilder(upstream.resolve(path))
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (var name : new String[] {"X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date"}) {
      var value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private void note(AwsCall call, byte[] answer) {
    var kind =
        switch (call.step()) {
          case CLAIM -> Kind.CLAIMED;
          case RELEASE -> Kind.RELEASED;
          case FINISH -> Kind.FINISHED;
          default -> null;
        };
    if (kind != null) {
      var item = AwsCall.parse(answer).path("Attributes");
      journal.note(
          kind,
          e ->
              e.put("process", worker)
                  .put("job", call.job())
                  .put("attempt", item.path("attempt").path("N").asInt())
                  .put("state", item.path("state").path("S").asText()));
    }
  }

  private boolean refused(HttpExchange exchange, AwsCall call) throws IOException {
    if (!call.isWrite()) {
      return false;
    }
    var roll = dice.nextDouble();
    var faults = with.faults();
    if (roll < faults.throttled()) {
      refuse(exchange, call, "ProvisionedThroughputExceededException");
      return true;
    }
    if (roll < faults.throttled() + faults.conflicting()) {
      refuse(exchange, call, "TransactionConflictException");
      return true;
    }
    return false;
  }

  private void refuse(HttpExchange exchange, AwsCall call, String type) throws IOException {
    noteFault(call, type);
    var body =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"chaos\"}";
    send(exchange, BAD_REQUEST, body.getBytes(StandardCharsets.UTF_8));
  }

  /// The worker waits for an answer that never comes.
  private boolean lost(AwsCall call) throws InterruptedException {
    if (!call.isWrite() || dice.nextDouble() >= with.faults().lost()) {
      return false;
    }
    noteFault(call, "lost");
    Thread.sleep(Duration.ofMillis(1500));
    return true;
  }

  private void noteFault(AwsCall call, String what) {
    journal.note(
        Kind.TABLE_FAULT,
        e ->
            e.put("process", worker)
                .put("step", call.step().name())
                .put("job", call.job())
                .put("what", what));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
    threads.shutdownNow();
  }
}
