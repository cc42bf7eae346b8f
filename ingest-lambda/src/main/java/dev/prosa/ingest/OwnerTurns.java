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

  /// A page ends behind this many characters. Its last read brings up to 1 MB more (Amazon DynamoDB
  /// Developer Guide, "Query"), and an answer of a Lambda has at most 6 MB (AWS Lambda quotas).
  static final int MAX_CHARS = 1_000_000;

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

  /// A part of the walk.
  ///
  /// @param turns in any state; may be empty
  /// @param next where to go on; null when this was the last page
  record Page(List<Turn> turns, @Nullable Place next) {}

  /// Reads one page: each conversation that it touches costs a read and brings a turn or more, so
  /// there are at most `limit` reads of turns and two of conversations.
  ///
  /// @param from where the last page ended; null for the first page
  /// @param limit at most this many turns, 1 to 100
  Page page(@Nullable Place from, int limit) {
    var found = new ArrayList<Turn>();
    if (from != null && from.turn() > 0) {
      var begun = database.conversations().find(from.conversation().id());
      if (begun != null && begun.owner().equals(owner)) {
        var older = append(found, begun, from.turn(), limit);
        if (older > 0) {
          return new Page(found, new Place(from.conversation(), older));
        }
      }
    }
    return goOn(found, from == null ? null : from.conversation(), limit);
  }

  private Page goOn(List<Turn> found, ConversationStore.@Nullable Cursor after, int limit) {
    var last = after;
    var list = database.conversations().list(owner, after, limit);
    for (var conversation : list.items()) {
      if (isFull(found, limit)) {
        return new Page(found, new Place(Objects.requireNonNull(last), 0));
      }
      last =
          new ConversationStore.Cursor(conversation.updatedAt().toEpochMilli(), conversation.id());
      var older = append(found, conversation, conversation.lastTurn(), limit);
      if (older > 0) {
        return new Page(found, new Place(last, older));
      }
    }
    return new Page(found, list.next() == null ? null : new Place(list.next(), 0));
  }

  private static boolean isFull(List<Turn> found, int limit) {
    return found.size() >= limit || found.stream().mapToInt(OwnerTurns::chars).sum() >= MAX_CHARS;
  }

  private static int chars(Turn turn) {
    var answered = Answered.of(turn);
    return turn.prompt().length() + (answered == null ? 0 : answered.text().length());
  }

  /// Appends turns from `newest` on, and returns the one after them; 0 when there is none.
  private int append(List<Turn> found, Conversation conversation, int newest, int limit) {
    var turns = database.turns().turns(conversation.id(), newest, limit - found.size());
    found.addAll(turns);
    return turns.isEmpty() ? 0 : turns.getLast().job().turn() - 1;
  }
}
