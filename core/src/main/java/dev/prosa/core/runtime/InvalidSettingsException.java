package dev.prosa.core.runtime;

import java.util.List;

/// Some settings are wrong. The message names all of them, a line each: key, value, what is
/// allowed.
public final class InvalidSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param problems one sentence each; not empty
  public InvalidSettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
