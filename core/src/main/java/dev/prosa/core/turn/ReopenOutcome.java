package dev.prosa.core.turn;

/// What became of an attempt to reopen a failed turn.
public sealed interface ReopenOutcome {

  /// It is open again, by this call or by an earlier try of it whose answer was lost.
  ///
  /// @param turn as it was reopened; already further on when that try was a moment ago
  record Reopened(Turn turn) implements ReopenOutcome {}

  /// It has not failed, or somebody reopened it before; nothing was written.
  ///
  /// @param turn as it stands
  record NotFailed(Turn turn) implements ReopenOutcome {}

  /// There is no such turn.
  record Missing() implements ReopenOutcome {}
}
