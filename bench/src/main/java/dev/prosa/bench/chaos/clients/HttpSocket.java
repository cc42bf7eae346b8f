package dev.prosa.bench.chaos.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One WebSocket, for as long as it lasts.
final class HttpSocket implements WebSocket.Listener, AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final int NO_CODE = 1006;

  private final int port;
  private final BlockingQueue<News> inbox;
  private final StringBuilder part = new StringBuilder();
  private volatile @Nullable WebSocket wire;
  private volatile int closeCode;

  /// Something that happened.
  ///
  /// @param frame null when the connection is lost
  record News(HttpSocket from, @Nullable JsonNode frame) {}

  private HttpSocket(int port, BlockingQueue<News> inbox) {
    this.port = port;
    this.inbox = inbox;
  }

  /// A socket to a gateway; null when there is none to be had.
  static @Nullable HttpSocket open(
      HttpClient http, URI gateway, String ticket, BlockingQueue<News> inbox)
      throws InterruptedException {
    var socket = new HttpSocket(gateway.getPort(), inbox);
    try {
      socket.wire =
          http.newWebSocketBuilder()
              .subprotocols("prosa.v1", "ticket." + ticket)
              .connectTimeout(LIMIT)
              .buildAsync(gateway, socket)
              .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return socket;
    } catch (ExecutionException | TimeoutException nobodyThere) {
      return null;
    }
  }

  int port() {
    return port;
  }

  int closeCode() {
    return closeCode;
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      inbox.add(new News(this, parse(part.toString())));
      part.setLength(0);
    }
    return null;
  }

  private static JsonNode parse(String frame) {
    try {
      return HttpApi.JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a frame that is no JSON: " + frame, e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    lost(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    lost(NO_CODE);
  }

  private void lost(int code) {
    closeCode = code;
    inbox.add(new News(this, null));
  }

  /// Sends a frame; what cannot be sent is lost with its connection.
  void send(String frame) throws InterruptedException {
    var open = wire;
    try {
      if (open != null) {
        open.sendText(frame, true).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException broken) {
      cut();
    }
  }

  /// Drops the connection as a dead network does.
  void cut() {
    var open = wire;
    if (open != null) {
      open.abort();
    }
    lost(NO_CODE);
  }

  @Override
  public void close() {
    var open = wire;
    if (open != null) {
      var _ = open.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }
  }
}
