package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversations of an owner. Thread-safe.
///
/// Every method throws [StoreUnavailableException] when the store does not answer.
public interface ConversationStore {

  /// The conversation, read consistently; null when there is none.
  @Nullable Conversation find(ConversationId id);

  /// Conversations of `owner`, most recently used first. A conversation that is used while somebody
  /// pages through the list may be seen twice, and is never missed.
  ///
  /// @param after where the last page ended; null for the first page
  /// @param limit at most this many, 1 to 100
  Page list(OwnerId owner, @Nullable Cursor after, int limit);

  /// A part of a list.
  ///
  /// @param items newest first; may be empty
  /// @param next where to go on; null when this was the last page
  record Page(List<Conversation> items, @Nullable Cursor next) {}

  /// Where a page ended.
  ///
  /// @param updatedAtMillis its `updatedAt` in milliseconds since the epoch
  /// @param id its id
  record Cursor(long updatedAtMillis, ConversationId id) {}
}
