package dev.prosa.core.turn;

import org.jspecify.annotations.Nullable;

/// What became of an attempt to end a turn.
public sealed interface FinishOutcome {

  /// The caller ended it, now or by an earlier call whose answer was lost.
  ///
  /// @param turn in its final state
  record Finished(Turn turn) implements FinishOutcome {}

  /// Somebody else was first or holds it now; nothing was written.
  ///
  /// @param turn as it stands; null when it was erased
  record Beaten(@Nullable Turn turn) implements FinishOutcome {}
}
