package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One WebSocket that is brought back whenever it drops. For one thread.
final class Link implements AutoCloseable {

  private static final Duration GREETING = Duration.ofSeconds(10);

  /// A connection that lived shorter does not make earlier failures forgotten.
  private static final Duration STABLE = Duration.ofSeconds(10);

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
  private static final int MAX_CLOSING_MILLIS = 60_000;

  private final HttpApi api;
  private final Inbox inbox = new Inbox();
  private Stopwatch sinceDrop = Stopwatch.start();
  private Duration wait = Duration.ZERO;
  private @Nullable Duration askedWait;
  private @Nullable Stopwatch connected;
  private int failures;
  private boolean refused;
  private volatile @Nullable HttpSocket socket;

  Link(HttpApi api) {
    this.api = api;
  }

  boolean isUp() {
    var current = socket;
    return current != null && !current.isLost();
  }

  /// How long until [#connectIfDue] does something; zero or less: it is due.
  Duration untilDue() {
    return isUp() || refused ? GREETING : wait.minus(sinceDrop.elapsed());
  }

  /// Connects when there is no connection and it is time for one.
  ///
  /// @return whether there is a new one, so that events may have been missed
  boolean connectIfDue() throws InterruptedException {
    dropIfLost();
    if (isUp() || refused || untilDue().isPositive()) {
      return false;
    }
    var candidate = api.connect(inbox);
    socket = candidate;
    if (candidate != null && isGreeted(candidate)) {
      connected = Stopwatch.start();
      return true;
    }
    drop();
    return false;
  }

  private boolean isGreeted(HttpSocket candidate) throws InterruptedException {
    var waiting = Stopwatch.start();
    while (!candidate.isLost() && waiting.elapsed().compareTo(GREETING) < 0) {
      var news = inbox.next(GREETING.minus(waiting.elapsed()));
      if (news != null
          && news.from() == candidate
          && news.frame() != null
          && Frames.text(news.frame(), "type").equals("connection.ready")) {
        return true;
      }
    }
    return false;
  }

  /// The next frame; null when none came in time, or the connection was lost.
  @Nullable JsonNode next(Duration limit) throws InterruptedException {
    var news = inbox.next(limit);
    if (news == null || news.from() != socket || news.frame() == null) {
      dropIfLost();
      return null;
    }
    if (Frames.text(news.frame(), "type").equals("connection.closing")) {
      var millis = news.frame().path("reconnectAfterMillis").asInt();
      askedWait = Duration.ofMillis(Math.clamp(millis, 0, MAX_CLOSING_MILLIS));
    }
    return news.frame();
  }

  /// Forgets what came before now.
  void forgetNews() {
    inbox.clear();
  }

  void send(String frame) throws InterruptedException {
    var current = socket;
    if (current != null) {
      current.send(frame);
    }
  }

  private void dropIfLost() {
    var current = socket;
    if (current != null && current.isLost()) {
      drop();
    }
  }

  private void drop() {
    var current = socket;
    var stable = connected != null && connected.elapsed().compareTo(STABLE) >= 0;
    failures = stable ? 1 : failures + 1;
    refused = current != null && current.isRefused();
    wait = askedWait != null ? askedWait : BACKOFF.after(failures);
    close();
    socket = null;
    connected = null;
    askedWait = null;
    sinceDrop = Stopwatch.start();
  }

  /// Cuts the connection; may be called from any thread.
  @Override
  public void close() {
    var current = socket;
    if (current != null) {
      current.close();
    }
  }
}
