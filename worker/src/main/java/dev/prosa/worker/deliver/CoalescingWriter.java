package dev.prosa.worker.deliver;

import dev.prosa.core.log.LogScope;
import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first text travels at once; later text waits until there is a screenful of it or a moment
/// has passed, because a frame for every token would cost more than it shows.
final class CoalescingWriter implements ReplyWriter {

  private static final Logger LOG = LoggerFactory.getLogger(CoalescingWriter.class);

  /// Two frames of a screen at 60 Hz: nobody sees the difference.
  private static final Duration MOMENT = Duration.ofMillis(33);

  private static final int ENOUGH_CHARS = 128;

  private final ReplyChannel channel;
  private final Turn turn;
  private final Runnable onFenced;

  private final ReentrantLock lock = new ReentrantLock();
  private final Clockwork clockwork;
  private final Clockwork.Bell changed;
  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private boolean closed;

  CoalescingWriter(ReplyChannel channel, Turn turn, Clockwork clockwork, Runnable onFenced) {
    this.channel = channel;
    this.turn = turn;
    this.onFenced = onFenced;
    this.clockwork = clockwork;
    this.changed = clockwork.bell();
  }

  void start(String model) {
    clockwork.start("deliver-" + turn.job(), LogScope.carried(() -> deliver(model)));
  }

  @Override
  public void append(String piece) {
    lock.lock();
    try {
      bytes += WholeCharacters.utf8Length(piece);
      if (bytes > Reply.MAX_BYTES) {
        throw new ReplyTooLongException(Reply.MAX_BYTES);
      }
      WholeCharacters.append(text, piece);
    } finally {
      lock.unlock();
    }
    changed.ring();
  }

  @Override
  public String text() {
    lock.lock();
    try {
      return WholeCharacters.finished(text);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    changed.ring();
  }

  private void deliver(String model) {
    if (!publish(ReplyEvent.ReplyStarted.of(turn, model))) {
      return;
    }
    var sent = 0;
    var next = take(sent, 1);
    while (next != null && publish(next)) {
      sent = next.end();
      next = take(sent, ENOUGH_CHARS);
    }
  }

  /// Waits for text behind `sent`; null when the writer is closed.
  private ReplyEvent.@Nullable ReplyDelta take(int sent, int enough) {
    try {
      while (isShorterThan(sent + 1)) {
        changed.await(Long.MAX_VALUE);
      }
      var until = clockwork.nanoTime() + MOMENT.toNanos();
      while (isShorterThan(sent + enough) && clockwork.nanoTime() < until) {
        changed.await(until - clockwork.nanoTime());
      }
      return deltaBehind(sent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private boolean isShorterThan(int length) {
    lock.lock();
    try {
      return !closed && deliverable() < length;
    } finally {
      lock.unlock();
    }
  }

  private ReplyEvent.@Nullable ReplyDelta deltaBehind(int sent) {
    lock.lock();
    try {
      return closed
          ? null
          : new ReplyEvent.ReplyDelta(
              turn.job(), turn.attempt(), sent, text.substring(sent, deliverable()));
    } finally {
      lock.unlock();
    }
  }

  /// Half a surrogate pair waits for its other half.
  private int deliverable() {
    var length = text.length();
    return length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
  }

  /// False when there is no point in going on.
  private boolean publish(ReplyEvent event) {
    try {
      return switch (channel.publish(turn.owner(), event)) {
        case PublishOutcome.Published _ -> true;
        case PublishOutcome.Gap(int length) -> repeatFrom(length, event);
        case PublishOutcome.Fenced _ -> {
          onFenced.run();
          yield false;
        }
      };
    } catch (CacheUnavailableException e) {
      LOG.debug("live text of {} not delivered; the next delta mends the gap", turn.job(), e);
      return true;
    }
  }

  private String between(int from, int to) {
    lock.lock();
    try {
      return text.substring(from, to);
    } finally {
      lock.unlock();
    }
  }

  /// The live text was lost, so what is missing travels again.
  private boolean repeatFrom(int length, ReplyEvent event) {
    if (!(event instanceof ReplyEvent.ReplyDelta delta) || length >= delta.end()) {
      return true;
    }
    var missing = between(length, delta.end());
    var again = new ReplyEvent.ReplyDelta(turn.job(), turn.attempt(), length, missing);
    if (channel.publish(turn.owner(), again) instanceof PublishOutcome.Fenced) {
      onFenced.run();
      return false;
    }
    return true;
  }
}
