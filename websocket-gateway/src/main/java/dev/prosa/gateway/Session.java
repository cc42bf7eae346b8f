package dev.prosa.gateway;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.connection.Grant;
import dev.prosa.core.log.LogKey;
import dev.prosa.core.log.LogScope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One client, from the handshake until it was forgotten everywhere. Thread-safe.
final class Session implements Clients.Client {

  /// Long enough for a phone that changes its network.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ConnectionId id = ConnectionId.create();
  private final CompletableFuture<Session> gone = new CompletableFuture<>();
  private final Wire wire;
  private final LiveFrames live;
  private final Inbox inbox;
  private final MessageRate rate;
  private volatile @Nullable Grant grant;
  private volatile @Nullable Grant warned;
  private volatile boolean ready;

  Session(Wire wire, Executor threads, InstantSource clock) {
    this.wire = wire;
    this.live = new LiveFrames(wire);
    this.inbox = new Inbox(task -> threads.execute(() -> inScope(task)));
    this.rate = new MessageRate(clock);
  }

  /// Runs something whose log lines name this connection.
  void inScope(Runnable task) {
    try (var _ = LogScope.of(LogKey.CONNECTION_ID, id.value())) {
      task.run();
    }
  }

  ConnectionId id() {
    return id;
  }

  Inbox inbox() {
    return inbox;
  }

  MessageRate rate() {
    return rate;
  }

  /// Completed when nothing knows this session any more.
  CompletableFuture<Session> gone() {
    return gone;
  }

  /// Its owner was proved, for the first time or again.
  void admit(Grant granted) {
    grant = granted;
  }

  /// Why it is here; null until the owner is known.
  @Nullable Grant grant() {
    return grant;
  }

  /// Tells the client that its grant ends soon; once for each, and never before it was welcomed.
  void warn(Grant ending, Instant until) {
    if (ready && !ending.equals(warned)) {
      warned = ending;
      send(new GatewayEvent.AuthExpiring(until.toString()).toJson());
    }
  }

  /// Null until the owner is known.
  @Nullable Connection connection() {
    var now = grant;
    return now == null ? null : new Connection(id, now.owner());
  }

  /// Says that it is ready; whatever is delivered comes after that.
  void welcome(String frame) {
    live.begin(frame.getBytes(StandardCharsets.UTF_8));
    ready = true;
  }

  /// Sends a frame of a reply. A client that is not ready yet asks for what it missed.
  ///
  /// @return false when too much waits already
  boolean deliver(byte[] frame) {
    return live.offer(frame);
  }

  /// Runs what answers the client; frames of replies wait until it has returned.
  ///
  /// @return false when too much waits already
  boolean answering(Runnable answer) {
    live.hold();
    var kept = false;
    try {
      answer.run();
    } finally {
      kept = live.release();
    }
    return kept;
  }

  /// Sends a frame without waiting.
  ///
  /// @return false when too much waits already
  boolean send(String frame) {
    return wire.offer(frame.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a frame when the client has read most of what was sent before, so that a long answer
  /// does not overrun it.
  ///
  /// @return false when it does not read
  boolean sendPaced(String frame) {
    return wire.awaitRoom(PATIENCE) && send(frame);
  }

  void close(CloseCode code) {
    wire.close(code);
  }
}
