package dev.prosa.local;

import org.jspecify.annotations.Nullable;

/// The chat cannot start, and the message says what to do about it.
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param whatToDo one sentence for the person who started it
  /// @param cause what went wrong; null when nothing more is known
  public StartException(String whatToDo, @Nullable Throwable cause) {
    super(whatToDo, cause);
  }
}
