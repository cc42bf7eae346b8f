package dev.prosa.core.turn;

import org.jspecify.annotations.Nullable;

/// The store did not answer in time or refused for a reason that passes. Whether a write was
/// applied is not known.
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param what what was tried, with ids
  /// @param cause what the client library said; null when it kept refusing for a reason that passes
  public StoreUnavailableException(String what, @Nullable Throwable cause) {
    super(what, cause);
  }
}
