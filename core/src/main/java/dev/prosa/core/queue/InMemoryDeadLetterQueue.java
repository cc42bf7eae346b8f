package dev.prosa.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The dead-letter queue of an [InMemoryJobQueue]. Thread-safe.
public final class InMemoryDeadLetterQueue implements DeadLetterQueue {

  private final InstantSource clock;
  private final List<Stored> letters = new ArrayList<>();
  private long next;

  private static final class Stored {
    final String id;
    final Instant sentAt;
    final DeadLetter letter;
    Instant visibleAt;
    String receipt = "";

    Stored(String id, Instant sentAt, DeadLetter letter) {
      this.id = id;
      this.sentAt = sentAt;
      this.letter = letter;
      this.visibleAt = sentAt;
    }
  }

  InMemoryDeadLetterQueue(InstantSource clock) {
    this.clock = clock;
  }

  /// Puts a letter into the queue.
  public synchronized void add(DeadLetter letter) {
    letters.add(new Stored("m" + next++, clock.instant(), letter));
  }

  /// Puts a message without a reason into the queue, as SQS does with one that is received too
  /// often.
  public void addUnexplained(String body) {
    add(new DeadLetter(body, DeadLetter.codeOfUnexplained(body), 0, null, null));
  }

  /// Every letter, oldest first, hidden ones included.
  public synchronized List<DeadLetter> all() {
    return letters.stream().map(l -> l.letter).toList();
  }

  /// How many letters somebody else could receive now.
  public synchronized int visible() {
    var now = clock.instant();
    return (int) letters.stream().filter(l -> !l.visibleAt.isAfter(now)).count();
  }

  @Override
  public String name() {
    return "in-memory-dlq";
  }

  @Override
  public synchronized List<ReceivedLetter> receive(int max, Duration hidden) {
    var now = clock.instant();
    return letters.stream()
        .filter(l -> !l.visibleAt.isAfter(now))
        .limit(max)
        .map(l -> deliver(l, now.plus(hidden)))
        .toList();
  }

  private ReceivedLetter deliver(Stored stored, Instant until) {
    stored.visibleAt = until;
    stored.receipt = "r" + next++;
    return new ReceivedLetter(stored.id, stored.receipt, stored.sentAt, stored.letter);
  }

  @Override
  public synchronized void handBack(Collection<ReceivedLetter> received) {
    var receipts = received.stream().map(ReceivedLetter::receipt).toList();
    letters.stream()
        .filter(l -> receipts.contains(l.receipt))
        .forEach(l -> l.visibleAt = clock.instant());
  }

  @Override
  public synchronized void delete(ReceivedLetter received) {
    letters.removeIf(l -> l.receipt.equals(received.receipt()));
  }

  @Override
  public synchronized QueueDepth depth() {
    return new QueueDepth(visible(), letters.size() - visible());
  }
}
