package dev.prosa.worker.process;

import dev.prosa.core.turn.Reply;
import dev.prosa.worker.llm.ModelException;
import org.jspecify.annotations.Nullable;

/// How one attempt went.
sealed interface AttemptResult {

  /// The reply is whole.
  record Answered(Reply reply) implements AttemptResult {}

  /// No model was asked, because none takes a call now.
  record NobodyAsked() implements AttemptResult {}

  /// The models failed.
  ///
  /// @param failure the one that tells most
  /// @param provider whose it was; null when it is nobody's
  /// @param begun whether text had come
  record Broken(ModelException failure, @Nullable String provider, boolean begun)
      implements AttemptResult {}

  /// The attempt was ended from outside.
  ///
  /// @param text what had been written by then
  /// @param provider who was asked at that time
  record Stopped(Stop.Reason reason, String text, String provider) implements AttemptResult {}
}
