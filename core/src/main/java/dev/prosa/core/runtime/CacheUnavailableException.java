package dev.prosa.core.runtime;

import org.jspecify.annotations.Nullable;

/// The cache did not answer in time. It never holds the truth, so the caller goes on without it.
public final class CacheUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param cause what the client library said; null when all connections were busy
  public CacheUnavailableException(String what, @Nullable Throwable cause) {
    super(what, cause);
  }
}
