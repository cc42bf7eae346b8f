package dev.prosa.worker.llm;

import dev.prosa.core.turn.FailureCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A model did not answer, or not wholly.
public final class ModelException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final FailureCode code;
  private final @Nullable Duration retryAfter;

  /// What a failure says about the provider and the request.
  public enum Kind {
    /// The model was never reached: no connection, or a front that says it is down. It says nothing
    /// about the request.
    AWAY,
    /// The provider asks for a pause. It says nothing about the request.
    BUSY,
    /// The provider took the request and did not bring a whole reply.
    BROKEN,
    /// This provider does not serve us: the key, the model's name, the account. Another one may.
    MISCONFIGURED,
    /// The request itself is refused, and would be everywhere.
    REFUSED
  }

  /// @param kind what it says
  /// @param code what clients are told when it is the last word
  /// @param what what happened, without user text or secrets
  /// @param retryAfter the pause that the provider asked for; null when it asked for none
  /// @param cause where it happened; its place is kept and its words are not, because providers
  ///   repeat keys and questions in their errors; null when nothing was thrown
  public ModelException(
      Kind kind,
      FailureCode code,
      String what,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(what);
    if (cause != null) {
      setStackTrace(cause.getStackTrace());
    }
    this.kind = kind;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /// A failure without a pause.
  public ModelException(Kind kind, FailureCode code, String what, @Nullable Throwable cause) {
    this(kind, code, what, null, cause);
  }

  /// What it says about the provider and the request.
  public Kind kind() {
    return kind;
  }

  /// What clients are told when it is the last word.
  public FailureCode code() {
    return code;
  }

  /// The pause that the provider asked for; null when it asked for none.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// Whether another provider may do better.
  public boolean worthAskingElsewhere() {
    return kind != Kind.REFUSED;
  }

  /// Whether another attempt may succeed.
  public boolean worthRetrying() {
    return switch (kind) {
      case AWAY, BUSY, BROKEN -> true;
      case MISCONFIGURED, REFUSED -> false;
    };
  }

  /// Whether the request has had its chance: a model worked on it and failed.
  public boolean countsAsTry() {
    return kind != Kind.AWAY && kind != Kind.BUSY;
  }
}
