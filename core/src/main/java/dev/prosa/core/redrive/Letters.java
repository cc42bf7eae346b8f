package dev.prosa.core.redrive;

import dev.prosa.core.queue.DeadLetterQueue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Letters taken out of the dead-letter queue to be looked at. Closing hands back what was not
/// removed; so does the end of the time for which they are hidden, when this process dies.
///
/// Not thread-safe. Every method throws [dev.prosa.core.queue.QueueUnavailableException] when the
/// queue does not answer.
public sealed interface Letters extends AutoCloseable permits TakenLetters {

  /// Takes letters until the queue is empty, or there are `limit`.
  ///
  /// @param limit at least 1
  /// @param hidden for how long nobody else sees them; longer than the caller needs
  static Letters take(DeadLetterQueue queue, int limit, Duration hidden) {
    return TakenLetters.take(queue, limit, hidden);
  }

  /// What was taken, oldest first, letters of the same job together.
  List<LetterGroup> groups();

  /// Whether the queue has more letters than the limit.
  boolean more();

  /// The group that is called by a job id or a message id; null when none of the taken is.
  @Nullable LetterGroup find(String id);

  /// Removes all letters of a group from the queue.
  void remove(LetterGroup group);

  /// Hands the rest back. When the queue does not answer, the rest comes back by itself.
  @Override
  void close();
}
