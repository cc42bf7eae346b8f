package dev.prosa.ingest;

import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import org.jspecify.annotations.Nullable;

/// A turn that ended with something to read.
///
/// @param turn completed or cancelled
/// @param text the reply, or what of it was written before it was stopped; may be empty
/// @param model the model that answered; null when the reply was stopped
record Answered(Turn turn, String text, @Nullable String model) {

  /// The answer that `turn` holds; null while it is open, and when it failed.
  static @Nullable Answered of(Turn turn) {
    return switch (turn.state()) {
      case TurnState.Completed(Reply reply) -> new Answered(turn, reply.content(), reply.model());
      case TurnState.Cancelled(String content) -> new Answered(turn, content, null);
      case TurnState.Accepted _, TurnState.Running _, TurnState.Failed _ -> null;
    };
  }
}
