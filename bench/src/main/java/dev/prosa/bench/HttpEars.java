package dev.prosa.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Notes when what arrives on a WebSocket.
final class HttpEars implements WebSocket.Listener, AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CONNECT_SECONDS = 10;

  private final Map<String, Heard> jobs = new ConcurrentHashMap<>();
  private final CompletableFuture<WebSocket> ready = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();

  private HttpEars() {}

  /// Connects and waits for the gateway's greeting.
  static HttpEars open(HttpClient http, URI url, String ticket) throws InterruptedException {
    var ears = new HttpEars();
    try {
      http.newWebSocketBuilder()
          .subprotocols("prosa.v1", "ticket." + ticket)
          .buildAsync(url, ears)
          .thenCompose(socket -> ears.ready)
          .get(CONNECT_SECONDS, TimeUnit.SECONDS);
      return ears;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the gateway does not let a client in", e);
    }
  }

  /// What is heard of a job, from now on or already.
  Heard of(String job) {
    return jobs.computeIfAbsent(job, unknown -> new Heard());
  }

  @Override
  public void onOpen(WebSocket socket) {
    socket.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    var nanos = System.nanoTime(); // before parsing, which is the client's business
    part.append(data);
    if (last) {
      hear(socket, part.toString(), nanos);
      part.setLength(0);
    }
    return null;
  }

  private void hear(WebSocket socket, String text, long nanos) {
    try {
      var frame = JSON.readTree(text);
      switch (frame.path("type").asText()) {
        case "connection.ready" -> ready.complete(socket);
        case "reply.delta" -> of(frame.path("jobId").asText()).firstText().complete(nanos);
        case "reply.completed" -> of(frame.path("jobId").asText()).complete(nanos);
        case "job.failed" -> of(frame.path("jobId").asText()).fail(text);
        default -> {
          // nothing that is measured
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a frame: " + text, e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    end("the gateway closed the connection with " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    end("the connection broke: " + error);
  }

  private void end(String why) {
    ready.completeExceptionally(new IllegalStateException(why));
    jobs.values().forEach(job -> job.fail(why));
  }

  @Override
  public void close() {
    ready.join().abort();
  }
}
