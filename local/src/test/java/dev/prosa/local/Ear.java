package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A WebSocket that keeps every frame it hears.
final class Ear implements WebSocket.Listener, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Set<String> ENDS = Set.of("reply.completed", "job.failed", "job.cancelled");

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  private Ear() {}

  static Ear open(HttpClient client, URI address, String authorization) {
    var ear = connect(client, address, authorization);
    ear.await(frame -> isOf("connection.ready", frame));
    return ear;
  }

  /// One that may be sent away at once.
  static Ear connect(HttpClient client, URI address, String authorization) {
    var ear = new Ear();
    ear.socket =
        client
            .newWebSocketBuilder()
            .subprotocols("prosa.v1")
            .header("Authorization", authorization)
            .buildAsync(address, ear)
            .join();
    return ear;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  /// The code that the gateway closes with, soon.
  int closeCode(Duration patience) {
    return closed.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      frames.add(Json.read(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  void say(String frame) {
    if (socket != null) {
      socket.sendText(frame, true).join();
    }
  }

  /// Everything that was heard so far.
  List<JsonNode> frames() {
    return List.copyOf(frames);
  }

  /// What was heard of one job so far.
  List<JsonNode> frames(JsonNode accepted) {
    return frames.stream().filter(about(accepted)).toList();
  }

  List<String> types(JsonNode accepted) {
    return frames(accepted).stream().map(frame -> frame.path("type").asText()).toList();
  }

  /// The first frame of that type about a job; waits for it.
  JsonNode await(String type, JsonNode accepted) {
    return await(about(accepted).and(frame -> isOf(type, frame)));
  }

  /// The frame that ends a job; waits for it.
  JsonNode awaitEnd(JsonNode accepted) {
    return awaitEnd(accepted, PATIENCE);
  }

  JsonNode awaitEnd(JsonNode accepted, Duration patience) {
    return await(
        about(accepted).and(frame -> ENDS.contains(frame.path("type").asText())), patience);
  }

  /// Waits until some text of a job was heard.
  void awaitText(JsonNode accepted, int deltas) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_AGAIN)
        .until(() -> deltas(accepted).size() >= deltas);
  }

  List<JsonNode> deltas(JsonNode accepted) {
    return frames(accepted).stream().filter(frame -> isOf("reply.delta", frame)).toList();
  }

  JsonNode await(Predicate<JsonNode> wanted) {
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

  /// Drops the connection without a word.
  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
