package dev.prosa.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The part of AWS Lambda that a function asks for its work (AWS Lambda Developer Guide, "Using the
/// Lambda runtime API"): hands out one event and takes the answer.
final class HttpLambdaRuntime implements AutoCloseable {

  private static final String NEXT = "/2018-06-01/runtime/invocation/next";
  private static final String REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// What is asked of the function.
  private static final String EVENT =
      """
      {"httpMethod":"POST","path":"/v1/messages","headers":{"Content-Type":"application/json"},
       "pathParameters":null,"queryStringParameters":null,"body":"{\\"content\\":\\"Hello\\"}",
       "isBase64Encoded":false}
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Long> asked = new CompletableFuture<>();
  private final CompletableFuture<Long> answered = new CompletableFuture<>();

  HttpLambdaRuntime() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve the runtime API", e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /// What `AWS_LAMBDA_RUNTIME_API` says.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// When the function asked for work, which it does once it is ready, by [System#nanoTime].
  long readyNanos() throws InterruptedException {
    return await(asked);
  }

  /// When it answered 202.
  ///
  /// @throws IllegalStateException when it answered something else, or nothing within 60 s
  long acceptedNanos() throws InterruptedException {
    return await(answered);
  }

  private static long await(CompletableFuture<Long> time) throws InterruptedException {
    try {
      return time.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the function did not answer 202", e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    var now = System.nanoTime();
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "/");
      if (path.equals(NEXT)) {
        next(exchange, now);
      } else {
        take(path, body, now);
        exchange.sendResponseHeaders(202, -1);
      }
    }
  }

  /// A function that asks again waits for ever.
  private void next(HttpExchange exchange, long now) throws IOException {
    if (!asked.complete(now)) {
      var _ = new CompletableFuture<Void>().join();
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", REQUEST_ID);
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(Long.MAX_VALUE / 1_000_000));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:0:function:bench");
    headers.set("Content-Type", "application/json");
    var event = EVENT.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  private void take(String path, String body, long now) throws IOException {
    var status =
        path.endsWith("/response")
            ? JsonMapper.builder().build().readTree(body).path("statusCode").asInt()
            : 0;
    if (status == 202) {
      answered.complete(now);
    } else {
      var why = new IllegalStateException(path + ": " + body);
      asked.completeExceptionally(why);
      answered.completeExceptionally(why);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
