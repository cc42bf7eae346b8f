package dev.prosa.worker.account;

import dev.prosa.core.turn.Turn;

/// What happens to a turn in this worker, for who counts it.
public sealed interface Progress {

  /// The turn.
  Turn turn();

  /// A model is about to be asked.
  ///
  /// @param turn as it was claimed
  record AttemptBegins(Turn turn) implements Progress {}

  /// The attempt is over, whatever came of it.
  ///
  /// @param turn as it was claimed
  record AttemptOver(Turn turn) implements Progress {}

  /// This worker ended the turn. It is said once, if nobody dies.
  ///
  /// @param turn in its final state
  record Ended(Turn turn) implements Progress {}
}
