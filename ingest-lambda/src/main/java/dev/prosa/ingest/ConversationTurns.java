package dev.prosa.ingest;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnStore;
import java.util.List;

/// Reads the turns of one conversation, newest first.
final class ConversationTurns {

  private ConversationTurns() {}

  /// Appends turns until the page is full or there are none left. A read brings at most 1 MB
  /// (Amazon DynamoDB Developer Guide, "Query"), so there may be several.
  ///
  /// @param newest the first turn that is wanted
  /// @return the turn after those appended; 0 when there is none
  static int append(
      List<Turn> found, TurnStore turns, ConversationId conversation, int newest, PageSize size) {
    var next = newest;
    while (next > 0 && !size.isFull()) {
      var more = turns.turns(conversation, next, size.room());
      if (more.isEmpty()) {
        return 0;
      }
      for (var turn : more) {
        if (size.isFull()) {
          break;
        }
        found.add(turn);
        size.add(turn);
        next = turn.job().turn() - 1;
      }
    }
    return next;
  }
}
