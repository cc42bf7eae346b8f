package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.documents.AsyncApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A WebSocket that keeps every frame it hears.
public final class Ear implements WebSocket.Listener, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Set<String> ENDS = Set.of("reply.completed", "job.failed", "job.cancelled");

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final AtomicReference<@Nullable AssertionError> refused = new AtomicReference<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  private Ear() {}

  public static Ear open(HttpClient client, URI address, String authorization) {
    var ear = connect(client, address, authorization);
    ear.await(frame -> isOf("connection.ready", frame));
    return ear;
  }

  /// One that shows a ticket instead.
  public static Ear openWith(HttpClient client, URI address, String ticket) {
    var builder = client.newWebSocketBuilder().subprotocols("prosa.v1", "ticket." + ticket);
    var ear = connect(builder, address);
    ear.await(frame -> isOf("connection.ready", frame));
    return ear;
  }

  /// One that may be sent away at once.
  public static Ear connect(HttpClient client, URI address, String authorization) {
    var builder = client.newWebSocketBuilder().subprotocols("prosa.v1");
    return connect(builder.header("Authorization", authorization), address);
  }

  private static Ear connect(WebSocket.Builder builder, URI address) {
    var ear = new Ear();
    ear.socket = builder.buildAsync(address, ear).join();
    return ear;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  /// The code that the gateway closes with, soon.
  public int closeCode(Duration patience) {
    return closed.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      hear(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  /// Keeps a frame, and remembers the first one that `docs/asyncapi.yaml` does not have.
  private void hear(String frame) {
    try {
      AsyncApi.DOCUMENTED.requireFromServer(frame);
    } catch (AssertionError undocumented) {
      refused.compareAndSet(null, undocumented);
    }
    frames.add(Json.read(frame));
  }

  /// Says something, which has to be documented.
  public void say(String frame) {
    AsyncApi.DOCUMENTED.requireFromClient(frame);
    sayAnything(frame);
  }

  /// Says something that no client should.
  public void sayAnything(String frame) {
    if (socket != null) {
      socket.sendText(frame, true).join();
    }
  }

  /// Everything that was heard so far.
  public List<JsonNode> frames() {
    return List.copyOf(frames);
  }

  /// What was heard of one job so far.
  public List<JsonNode> frames(JsonNode accepted) {
    return frames.stream().filter(about(accepted)).toList();
  }

  public List<String> types(JsonNode accepted) {
    return frames(accepted).stream().map(frame -> frame.path("type").asText()).toList();
  }

  /// The first frame of that type about a job; waits for it.
  public JsonNode await(String type, JsonNode accepted) {
    return await(about(accepted).and(frame -> isOf(type, frame)));
  }

  /// The frame that ends a job; waits for it.
  public JsonNode awaitEnd(JsonNode accepted) {
    return awaitEnd(accepted, PATIENCE);
  }

  public JsonNode awaitEnd(JsonNode accepted, Duration patience) {
    return await(
        about(accepted).and(frame -> ENDS.contains(frame.path("type").asText())), patience);
  }

  /// Waits until some text of a job was heard.
  public void awaitText(JsonNode accepted, int deltas) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_AGAIN)
        .until(() -> deltas(accepted).size() >= deltas);
  }

  public List<JsonNode> deltas(JsonNode accepted) {
    return frames(accepted).stream().filter(frame -> isOf("reply.delta", frame)).toList();
  }

  public JsonNode await(Predicate<JsonNode> wanted) {
    return await(wanted, PATIENCE);
  }

  private JsonNode await(Predicate<JsonNode> wanted, Duration patience) {
    return Awaitility.await()
        .atMost(patience)
        .pollInterval(LOOK_AGAIN)
        .until(() -> frames.stream().filter(wanted).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  private static Predicate<JsonNode> about(JsonNode accepted) {
    return frame -> frame.path("jobId").equals(accepted.path("jobId"));
  }

  private static boolean isOf(String type, JsonNode frame) {
    return frame.path("type").asText().equals(type);
  }

  /// Drops the connection without a word. Everything that was heard has to be documented.
  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
    assertThat(refused).as("the first frame that is not documented").hasNullValue();
  }
}
