package dev.prosa.worker.process;

import dev.prosa.core.turn.Reply;
import dev.prosa.worker.llm.ModelException;

/// How one attempt went.
sealed interface AttemptResult {

  /// The reply is whole.
  record Answered(Reply reply) implements AttemptResult {}

  /// The model failed.
  record Broken(ModelException failure) implements AttemptResult {}

  /// The attempt was ended from outside.
  ///
  /// @param text what had been written by then
  record Stopped(Stop.Reason reason, String text) implements AttemptResult {}
}
