package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Erases conversations, so that whatever runs or dies meanwhile brings nothing back. Thread-safe.
///
/// An erasure begins with one write, which leaves a tombstone where the conversation was: it names
/// no owner, nothing can be appended to it, and it is found here until nothing can be left.
///
/// Every method throws [StoreUnavailableException] when the store does not answer.
public interface Erasures {

  /// When somebody looks whether who began an erasure also got to its end.
  Duration FIRST_LOOK = Duration.ofSeconds(10);

  /// When somebody looks for the last time. What a worker wrote down late is found then, even if it
  /// stood still or did not reach the table for nearly that long.
  Duration LAST_LOOK = Duration.ofHours(1);

  /// Hides a conversation for ever. From now on it is as unknown as one that never was, and so are
  /// its jobs.
  ///
  /// @return false when `owner` has no such conversation, or not any more; then nothing was written
  boolean begin(OwnerId owner, ConversationId conversation);

  /// Deletes the newest turns of a conversation whose erasure has begun, at most 25.
  ///
  /// @return what they were when they went, RUNNING when that is not known; empty when none was
  ///   left
  List<Turn> removeTurns(ConversationId conversation);

  /// Deletes what is stored of an owner besides conversations, at most 100 items: idempotency keys.
  ///
  /// @return whether more may be left
  boolean removeKeys(OwnerId owner);

  /// Conversations whose erasure has begun and must be looked at.
  ///
  /// @param limit at most this many, 1 to 1,000
  List<ConversationId> overdueErasures(int limit);

  /// Notes that somebody looks at an erasure, so that it is not overdue before `until`.
  ///
  /// @return false when it is not overdue any more; then nothing was written
  boolean postpone(ConversationId conversation, Instant until);

  /// Notes that nothing was left. It becomes overdue once more [#LAST_LOOK] after its beginning;
  /// when that is over, the tombstone goes, too.
  void settle(ConversationId conversation);
}
