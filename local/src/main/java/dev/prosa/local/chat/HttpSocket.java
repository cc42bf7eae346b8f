package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection with the gateway, for as long as it lasts.
final class HttpSocket implements WebSocket.Listener, AutoCloseable {

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /// More than the largest event of the protocol, so that nothing grows without a bound.
  private static final int MAX_FRAME_CHARS = 8 * 1024 * 1024;

  private static final int STILL_OPEN = 0;
  private static final int NO_CODE = 1006;

  private final Inbox inbox;
  private final StringBuilder part = new StringBuilder();
  private volatile int closeCode = STILL_OPEN;
  private volatile @Nullable WebSocket socket;

  private HttpSocket(Inbox inbox) {
    this.inbox = inbox;
  }

  /// A socket that hears everything from its greeting on; null when there is none to be had.
  static @Nullable HttpSocket open(HttpClient http, URI url, String ticket, Inbox inbox)
      throws InterruptedException {
    var socket = new HttpSocket(inbox);
    try {
      socket.socket =
          http.newWebSocketBuilder()
              .subprotocols("prosa.v1", "ticket." + ticket)
              .connectTimeout(HANDSHAKE)
              .buildAsync(url, socket)
              .get(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
      return socket;
    } catch (ExecutionException | TimeoutException | IllegalArgumentException nobodyThere) {
      return null;
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (part.length() > MAX_FRAME_CHARS) {
      from.abort();
      lost(NO_CODE);
    } else if (last) {
      take(Frames.parse(part.toString()));
      part.setLength(0);
    }
    return null;
  }

  private void take(JsonNode frame) {
    inbox.add(new Inbox.News(this, frame)); // a full inbox loses it, and a resume brings it back
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
    inbox.add(new Inbox.News(this, null)); // only wakes the reader, who looks at isLost
  }

  boolean isLost() {
    return closeCode != STILL_OPEN;
  }

  /// Whether the gateway asked not to come back (docs/protocol.md, "Close codes": 4500 to 4999).
  boolean isRefused() {
    return closeCode >= 4500 && closeCode <= 4999;
  }

  /// Sends a frame. What cannot be sent is lost with its connection.
  void send(String frame) throws InterruptedException {
    var open = socket;
    try {
      if (open != null) {
        open.sendText(frame, true).get(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException broken) {
      lost(NO_CODE);
    }
  }

  /// Forgets the connection without waiting: a dead one can take minutes to notice.
  @Override
  public void close() {
    var open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
