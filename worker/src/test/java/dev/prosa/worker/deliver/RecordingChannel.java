package dev.prosa.worker.deliver;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.JobId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers what was published and answers as it was told; after that everything is published.
final class RecordingChannel implements ReplyChannel {

  private final List<ReplyEvent> events = new CopyOnWriteArrayList<>();
  private final Queue<Supplier<PublishOutcome>> answers = new ConcurrentLinkedQueue<>();
  private volatile long lastAt;

  RecordingChannel answers(PublishOutcome outcome) {
    answers.add(() -> outcome);
    return this;
  }

  RecordingChannel isAway() {
    answers.add(() -> {
      throw new CacheUnavailableException("away", null);
    });
    return this;
  }

  /// The next event stays on its way until `open` is counted down.
  RecordingChannel waitsFor(CountDownLatch open) {
    answers.add(() -> {
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new PublishOutcome.Published(1);
    });
    return this;
  }

  List<ReplyEvent> events() {
    return List.copyOf(events);
  }

  /// The `System.nanoTime()` of the newest event.
  long lastAt() {
    return lastAt;
  }

  /// The deltas so far, as `offset:text`.
  List<String> deltas() {
    return events.stream()
        .filter(e -> e instanceof ReplyEvent.ReplyDelta)
        .map(e -> (ReplyEvent.ReplyDelta) e)
        .map(d -> d.offset() + ":" + d.text())
        .toList();
  }

  @Override
  public PublishOutcome publish(OwnerId owner, ReplyEvent event) {
    lastAt = System.nanoTime();
    events.add(event);
    var answer = answers.poll();
    return answer == null ? new PublishOutcome.Published(1) : answer.get();
  }

  @Override
  public @Nullable LiveReply snapshot(OwnerId owner, JobId job) {
    return null;
  }

  @Override
  public Subscription subscribe(GatewayId gateway, Listener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void requestStop(JobId job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription onStop(Consumer<JobId> listener) {
    throw new UnsupportedOperationException();
  }
}
