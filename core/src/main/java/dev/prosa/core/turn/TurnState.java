package dev.prosa.core.turn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a turn stands. Open states lead to one final state, which never changes, with the one
/// exception that an operator may redrive a failed turn.
public sealed interface TurnState {

  /// The word that clients and the table use.
  String name();

  /// Whether somebody still has to work on the turn.
  default boolean isOpen() {
    return !(this instanceof Final);
  }

  /// Waits for a worker.
  ///
  /// @param notBefore the end of a backoff; null when a worker may take it at once
  record Accepted(@Nullable Instant notBefore) implements TurnState {
    @Override
    public String name() {
      return "ACCEPTED";
    }
  }

  /// A worker answers it.
  ///
  /// @param lease what the worker holds it by
  record Running(Lease lease) implements TurnState {
    @Override
    public String name() {
      return "RUNNING";
    }
  }

  /// The states in which nobody works on the turn any more; see [TurnStore#reopen].
  sealed interface Final extends TurnState {}

  /// Answered.
  ///
  /// @param reply the answer
  record Completed(Reply reply) implements Final {
    @Override
    public String name() {
      return "COMPLETED";
    }
  }

  /// Given up.
  ///
  /// @param code why
  /// @param provider the provider of the last attempt; null when there was none
  record Failed(FailureCode code, @Nullable String provider) implements Final {
    @Override
    public String name() {
      return "FAILED";
    }
  }

  /// Stopped by its owner.
  ///
  /// @param content what had been written by then; may be empty
  record Cancelled(String content) implements Final {
    @Override
    public String name() {
      return "CANCELLED";
    }
  }
}
