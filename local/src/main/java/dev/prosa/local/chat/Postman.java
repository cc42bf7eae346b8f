package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.trace.TraceContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hands messages in. While that may have failed by chance it is repeated with the same key, so
/// that no message is sent twice.
final class Postman {

  /// With the waits between them about 15 s, longer than a restart of the server takes.
  private static final int TRIES = 6;

  private final HttpApi api;
  private final Backoff backoff;
  private final SecureRandom random = new SecureRandom();
  private final CountDownLatch closed = new CountDownLatch(1);

  Postman(HttpApi api, Backoff backoff) {
    this.api = api;
    this.backoff = backoff;
  }

  /// What came of handing in.
  ///
  /// @param answer to the last try
  /// @param tries how many there were; more than 1: the message may be older than the answer
  record Posted(Answer answer, int tries) {}

  /// Hands in one message.
  ///
  /// @param conversation where to append it; null begins a new one
  Posted post(String content, @Nullable String conversation) throws InterruptedException {
    var message = Frames.object().put("content", content);
    if (conversation != null) {
      message.put("conversationId", conversation);
    }
    return post(message, UUID.randomUUID().toString(), TraceContext.create(random).traceparent());
  }

  private Posted post(JsonNode message, String key, String traceparent)
      throws InterruptedException {
    for (var tries = 1; ; tries++) {
      var answer = api.post(message, key, traceparent);
      var leaving = !answer.mayPass() || tries >= TRIES || pause(answer, tries);
      if (leaving) {
        return new Posted(answer, tries);
      }
    }
  }

  private boolean pause(Answer answer, int tries) throws InterruptedException {
    var asked = answer instanceof Answer.Refused refused ? refused.retryAfter() : null;
    Duration wait = asked != null ? asked : backoff.after(tries);
    return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Ends the wait for another try.
  void close() {
    closed.countDown();
  }
}
