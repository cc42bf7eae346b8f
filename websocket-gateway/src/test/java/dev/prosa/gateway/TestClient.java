package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.prosa.core.documents.AsyncApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A client that keeps what it reads.
final class TestClient implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int SECONDS = 10;

  private final StringBuilder part = new StringBuilder();
  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable AssertionError> refused = new AtomicReference<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
  private final CompletableFuture<Boolean> pinged = new CompletableFuture<>();
  private final boolean reading;
  private @Nullable WebSocket socket;

  private TestClient(boolean reading) {
    this.reading = reading;
  }

  static TestClient connect(int port, Map<String, String> headers, String... protocols) {
    return connect(new TestClient(true), port, headers, protocols);
  }

  /// A client that reads nothing until [#read].
  static TestClient connectWithoutReading(int port) {
    return connect(new TestClient(false), port, Map.of());
  }

  private static TestClient connect(
      TestClient client, int port, Map<String, String> headers, String... protocols) {
    var builder = HTTP.newWebSocketBuilder();
    headers.forEach(builder::header);
    if (protocols.length > 0) {
      var others = Arrays.copyOfRange(protocols, 1, protocols.length);
      builder.subprotocols(protocols[0], others);
    }
    client.socket =
        builder
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), client)
            .orTimeout(SECONDS, TimeUnit.SECONDS)
            .join();
    return client;
  }

  private WebSocket socket() {
    return Objects.requireNonNull(socket);
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reading) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      hear(part.toString());
      greeted.complete(true);
      part.setLength(0);
    }
    return null;
  }

  /// Keeps a frame, and remembers the first one that is not documented.
  private void hear(String frame) {
    try {
      AsyncApi.DOCUMENTED.requireFromServer(frame);
      frames.add(json(frame));
    } catch (AssertionError undocumented) {
      refused.compareAndSet(null, undocumented);
      frames.add(MissingNode.getInstance());
    }
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pinged.complete(true);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /// Reads everything from now on.
  void read() {
    socket().request(Long.MAX_VALUE);
  }

  /// Says something. What the gateway understands has to be documented.
  void send(String text) {
    var meant = ClientMessageParser.parse(text);
    if (!(meant instanceof ClientMessage.Malformed || meant instanceof ClientMessage.Other)) {
      AsyncApi.DOCUMENTED.requireFromClient(text);
    }
    socket().sendText(text, true).orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /// The next frame, which must come soon.
  JsonNode next() {
    try {
      var frame = frames.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(refused).as("the first frame that is not documented").hasNullValue();
      assertThat(frame).as("a frame within %d s", SECONDS).isNotNull();
      return Objects.requireNonNull(frame);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// The next frame, which must be of this type.
  JsonNode next(String type) {
    var frame = next();
    assertThat(frame.path("type").asText()).isEqualTo(type);
    return frame;
  }

  /// Passes over the greeting.
  TestClient ready() {
    next("connection.ready");
    return this;
  }

  /// Waits until the gateway has asked whether it still lives, which is answered by itself.
  void awaitPing() {
    assertThat(pinged.orTimeout(SECONDS, TimeUnit.SECONDS).join()).isTrue();
  }

  /// Makes sure that nothing is on its way: a pong comes after everything asked for before.
  void expectNothingBeforePong() {
    send("{\"type\":\"ping\"}");
    next("pong");
  }

  /// Waits for the greeting or the end.
  boolean isLetIn() {
    CompletableFuture.anyOf(greeted, closed).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    return greeted.isDone();
  }

  /// Whether nothing can be sent any more.
  boolean isCutOff() {
    try {
      send("{\"type\":\"ping\"}");
      return false;
    } catch (CompletionException e) {
      return true;
    }
  }

  String subprotocol() {
    return socket().getSubprotocol();
  }

  int closeCode() {
    return closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /// Hangs up. Also what nobody looked at has to be documented.
  @Override
  public void close() {
    socket().abort();
    assertThat(refused).as("the first frame that is not documented").hasNullValue();
  }
}
