package dev.prosa.worker.process;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;

/// What a poke turns out to ask for.
sealed interface Target {

  /// The oldest open turn, and what the model is told before it.
  record Open(JobId job, ConversationContext before) implements Target {}

  /// Nothing is open up to the job of the poke.
  ///
  /// @param turn the turn of that job
  record Settled(Turn turn) implements Target {}

  /// The job of the poke does not exist.
  record Missing() implements Target {}
}
