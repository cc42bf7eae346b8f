package dev.prosa.ingest;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.Conversation;
import dev.prosa.core.turn.ConversationStore;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks through all turns of an owner, page by page: the conversation used last first, and in it
/// the newest turn first. A conversation that is used meanwhile goes to the front, so what was not
/// yet seen of it is seen by the next walk.
final class OwnerTurns {

  private final TurnDatabase database;
  private final OwnerId owner;

  OwnerTurns(TurnDatabase database, OwnerId owner) {
    this.database = database;
    this.owner = owner;
  }

  /// Where a page ended.
  ///
  /// @param conversation the conversation it ended in
  /// @param turn the next turn of that conversation; 0 when it was the last one
  record Place(ConversationStore.Cursor conversation, int turn) {}

  /// Turns of one conversation.
  ///
  /// @param turns newest first, in any state; may be empty
  record Part(Conversation conversation, List<Turn> turns) {}

  /// A part of the walk.
  ///
  /// @param parts may be empty
  /// @param next where to go on; null when this was the last page
  record Page(List<Part> parts, @Nullable Place next) {

    /// The turns of all parts.
    List<Turn> turns() {
      return parts.stream().flatMap(part -> part.turns().stream()).toList();
    }
  }

  /// Reads one page: each conversation that it touches costs a read and brings a turn or more, so
  /// there are at most as many reads of turns as a page has turns, and two of conversations.
  ///
  /// @param from where the last page ended; null for the first page
  /// @param size counts what the page has; empty yet
  Page page(@Nullable Place from, PageSize size) {
    var found = new ArrayList<Part>();
    if (from != null && from.turn() > 0) {
      var begun = database.conversations().find(from.conversation().id());
      if (begun != null && begun.owner().equals(owner)) {
        var older = append(found, begun, from.turn(), size);
        if (older > 0) {
          return new Page(found, new Place(from.conversation(), older));
        }
      }
    }
    return goOn(found, from == null ? null : from.conversation(), size);
  }

  private Page goOn(List<Part> found, ConversationStore.@Nullable Cursor after, PageSize size) {
    if (size.isFull()) {
      return new Page(found, new Place(Objects.requireNonNull(after), 0));
    }
    var last = after;
    var list = database.conversations().list(owner, after, size.room());
    for (var conversation : list.items()) {
      if (size.isFull()) {
        return new Page(found, new Place(Objects.requireNonNull(last), 0));
      }
      last =
          new ConversationStore.Cursor(conversation.updatedAt().toEpochMilli(), conversation.id());
      var older = append(found, conversation, conversation.lastTurn(), size);
      if (older > 0) {
        return new Page(found, new Place(last, older));
      }
    }
    return new Page(found, list.next() == null ? null : new Place(list.next(), 0));
  }

  /// Appends turns from `newest` on, and returns the one after them; 0 when there is none.
  private int append(List<Part> found, Conversation conversation, int newest, PageSize size) {
    var turns = new ArrayList<Turn>();
    var older = ConversationTurns.append(turns, database.turns(), conversation.id(), newest, size);
    found.add(new Part(conversation, turns));
    return older;
  }
}
