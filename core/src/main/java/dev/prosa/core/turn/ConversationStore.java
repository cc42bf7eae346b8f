package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversations of an owner, and the turns of everybody. Thread-safe.
///
/// Every method throws [StoreUnavailableException] when the store does not answer.
public interface ConversationStore {

  /// The conversation, read consistently; null when there is none.
  @Nullable Conversation find(ConversationId id);

  /// Conversations of `owner`, most recently used first. Whatever is written while somebody pages
  /// through the list, one that is not used meanwhile is seen once. One that is used goes to the
  /// front, where the next walk begins, and this one may miss it.
  ///
  /// @param after where the last page ended; null for the first page
  /// @param limit at most this many, 1 to 100
  Page list(OwnerId owner, @Nullable Cursor after, int limit);

  /// Gives a conversation another title. When it was used last stays the same.
  ///
  /// @param title not empty
  /// @return the conversation after that; null when `owner` has none with this id
  @Nullable Conversation rename(OwnerId owner, ConversationId id, String title);

  /// Turns of all owners, in an order that means nothing and never changes: a turn that is there
  /// all the while is seen once, whatever is written meanwhile. It reads the whole table.
  ///
  /// @param owners how the ids of the wanted owners begin; empty for all
  /// @param after where the last page ended; null for the first page
  /// @param limit at most this many, 1 to 100
  TurnPage scan(String owners, @Nullable Place after, int limit);

  /// A part of all turns.
  ///
  /// @param turns in any state; may be empty though there are more
  /// @param next where to go on; null when this was the last page
  record TurnPage(List<Turn> turns, @Nullable Place next) {}

  /// Where a page of turns ended.
  ///
  /// @param conversation any id
  /// @param turn the last turn of it that was looked at; 0 for none
  record Place(ConversationId conversation, int turn) {}

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
