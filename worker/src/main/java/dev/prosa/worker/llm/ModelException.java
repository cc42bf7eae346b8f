package dev.prosa.worker.llm;

import dev.prosa.core.turn.FailureCode;
import org.jspecify.annotations.Nullable;

/// A model did not answer, or not wholly.
public final class ModelException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  /// @param code the class of the failure
  /// @param what what happened, without user text or secrets
  /// @param cause what the client library said; null when it said nothing
  public ModelException(FailureCode code, String what, @Nullable Throwable cause) {
    super(what, cause);
    this.code = code;
  }

  /// The class of the failure.
  public FailureCode code() {
    return code;
  }

  /// Whether another attempt may succeed.
  public boolean worthRetrying() {
    return switch (code) {
      case PROVIDER_UNAVAILABLE, PROVIDER_TIMEOUT -> true;
      case PROVIDER_REJECTED, CONTENT_FILTERED, ATTEMPTS_EXHAUSTED, DEADLINE_EXCEEDED -> false;
    };
  }
}
