package dev.prosa.worker.llm;

import org.jspecify.annotations.Nullable;

/// A key cannot be read now. The message says why, without a secret.
final class KeyUnreadableException extends Exception {

  private static final long serialVersionUID = 1L;

  KeyUnreadableException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
