package dev.prosa.core.redrive;

import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.queue.ReceivedLetter;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Letters by message id: one that is delivered again while the others are read counts once.
final class TakenLetters implements Letters {

  private static final Logger LOG = LoggerFactory.getLogger(TakenLetters.class);

  private final DeadLetterQueue queue;
  private final Map<String, ReceivedLetter> held = new LinkedHashMap<>();
  private List<LetterGroup> groups = List.of();
  private boolean more;

  private TakenLetters(DeadLetterQueue queue) {
    this.queue = queue;
  }

  static TakenLetters take(DeadLetterQueue queue, int limit, Duration hidden) {
    var letters = new TakenLetters(queue);
    try {
      letters.fill(limit, hidden);
      return letters;
    } catch (RuntimeException e) {
      letters.close();
      throw e;
    }
  }

  private void fill(int limit, Duration hidden) {
    var empty = false;
    while (!empty && held.size() < limit) {
      var batch = queue.receive(Math.min(JobQueue.MAX_RECEIVE, limit - held.size()), hidden);
      batch.forEach(letter -> held.put(letter.messageId(), letter));
      empty = batch.isEmpty();
    }
    groups = grouped();
    if (!empty) {
      var next = queue.receive(1, hidden);
      more = !next.isEmpty();
      queue.handBack(next);
    }
  }

  private List<LetterGroup> grouped() {
    return held.values().stream()
        .collect(Collectors.groupingBy(TakenLetters::key, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(copies -> new LetterGroup(Poke.parse(copies.getFirst().letter().body()), copies))
        .sorted(Comparator.comparing(LetterGroup::since))
        .toList();
  }

  private static String key(ReceivedLetter letter) {
    var poke = Poke.parse(letter.letter().body());
    return poke == null ? letter.messageId() : poke.job().value();
  }

  @Override
  public List<LetterGroup> groups() {
    return groups;
  }

  @Override
  public boolean more() {
    return more;
  }

  @Override
  public @Nullable LetterGroup find(String id) {
    return groups.stream().filter(group -> group.isCalled(id)).findFirst().orElse(null);
  }

  @Override
  public void remove(LetterGroup group) {
    for (var letter : group.copies()) {
      queue.delete(letter);
      held.remove(letter.messageId());
    }
  }

  /// An interrupt may be why it is closed, and must not hinder it.
  @Override
  public void close() {
    var interrupted = Thread.interrupted();
    try {
      queue.handBack(held.values());
    } catch (QueueUnavailableException e) {
      LOG.debug("letters are not handed back; they become visible by themselves", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
