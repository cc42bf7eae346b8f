package dev.prosa.core.turn;

import java.time.Instant;

/// What became of a claim.
public sealed interface ClaimOutcome {

  /// The caller holds the lease.
  ///
  /// @param turn in state [TurnState.Running], with the number of the new attempt
  record Claimed(Turn turn) implements ClaimOutcome {}

  /// Somebody else holds it, or its backoff is not over.
  ///
  /// @param until when to look again
  record Busy(Instant until) implements ClaimOutcome {}

  /// It is final already.
  ///
  /// @param turn in a state of [TurnState.Final]
  record AlreadyFinal(Turn turn) implements ClaimOutcome {}

  /// Nobody holds it, and no attempt is left.
  ///
  /// @param turn as it was read
  record Exhausted(Turn turn) implements ClaimOutcome {}

  /// There is no such turn.
  record Missing() implements ClaimOutcome {}
}
