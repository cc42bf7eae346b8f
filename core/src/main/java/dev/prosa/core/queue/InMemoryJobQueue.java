package dev.prosa.core.queue;

import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A queue in this process. It never waits: a receive brings what is visible now.
///
/// Thread-safe. Grows with what is sent and not deleted, as it lives no longer than one test.
public final class InMemoryJobQueue implements JobQueue {

  private final InstantSource clock;
  private final Duration visibilityTimeout;
  private final List<Stored> messages = new ArrayList<>();
  private final InMemoryDeadLetterQueue deadLetters;
  private long nextReceipt;

  private static final class Stored {
    final String body;
    Instant visibleAt;
    int receiveCount;
    String receipt = "";

    Stored(String body, Instant visibleAt) {
      this.body = body;
      this.visibleAt = visibleAt;
    }
  }

  InMemoryJobQueue(InstantSource clock, Duration visibilityTimeout) {
    this.clock = clock;
    this.visibilityTimeout = visibilityTimeout;
    this.deadLetters = new InMemoryDeadLetterQueue(clock);
  }

  @Override
  public void send(Poke poke, OwnerId owner) {
    sendBody(poke.toBody());
  }

  /// Puts any body into the queue, as a stranger with access to it could.
  public synchronized void sendBody(String body) {
    messages.add(new Stored(body, clock.instant()));
  }

  @Override
  public synchronized List<ReceivedPoke> receive(int max, Duration wait) {
    var now = clock.instant();
    return messages.stream()
        .filter(m -> !m.visibleAt.isAfter(now))
        .limit(max)
        .map(m -> deliver(m, now))
        .toList();
  }

  private ReceivedPoke deliver(Stored message, Instant now) {
    message.visibleAt = now.plus(visibilityTimeout);
    message.receiveCount++;
    message.receipt = "r" + nextReceipt++;
    return new ReceivedPoke(message.body, message.receipt, message.receiveCount);
  }

  @Override
  public synchronized void delete(ReceivedPoke message) {
    messages.removeIf(m -> m.receipt.equals(message.receipt()));
  }

  @Override
  public synchronized void changeVisibility(ReceivedPoke message, Duration visibleAfter) {
    var stored = delivered(message);
    if (stored != null) {
      stored.visibleAt = clock.instant().plusSeconds(visibleAfter.plusMillis(999).toSeconds());
    }
  }

  private @Nullable Stored delivered(ReceivedPoke message) {
    return messages.stream()
        .filter(m -> m.receipt.equals(message.receipt()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    deadLetters.add(letter);
  }

  @Override
  public synchronized QueueDepth depth() {
    var now = clock.instant();
    var waiting = (int) messages.stream().filter(m -> !m.visibleAt.isAfter(now)).count();
    return new QueueDepth(waiting, messages.size() - waiting);
  }

  /// What was dead-lettered so far, oldest first.
  public List<DeadLetter> deadLetters() {
    return deadLetters.all();
  }

  /// The dead-letter queue behind this queue.
  public InMemoryDeadLetterQueue deadLetterQueue() {
    return deadLetters;
  }

  /// How many messages stand in the queue, hidden ones included.
  public synchronized int size() {
    return messages.size();
  }
}
