package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What sockets hear, in order, for the one thread of the chat.
///
/// It is bounded: nobody reads it while a person thinks, and other tabs may be busy then. What does
/// not fit is dropped, like anything that a network loses.
final class Inbox {

  private static final int CAPACITY = 10_000;

  /// Something that happened to a socket.
  ///
  /// @param frame what came; null when the socket was lost
  record News(HttpSocket from, @Nullable JsonNode frame) {}

  private final BlockingQueue<News> queue = new LinkedBlockingQueue<>(CAPACITY);

  /// Whether it was taken.
  boolean add(News news) {
    return queue.offer(news);
  }

  /// The next piece of news; null when none came in time.
  @Nullable News next(Duration limit) throws InterruptedException {
    return queue.poll(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
  }

  /// Forgets what came before now.
  void clear() {
    queue.clear();
  }
}
