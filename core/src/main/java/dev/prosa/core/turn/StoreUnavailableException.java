package dev.prosa.core.turn;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The store did not answer in time or refused for a reason that passes. Whether a write was
/// applied is not known, unless [#nothingWritten] says so.
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean nothingWritten;

  /// @param what what was tried, with ids
  /// @param cause what the client library said; null when it kept refusing for a reason that passes
  public StoreUnavailableException(String what, @Nullable Throwable cause) {
    this(what, cause, false);
  }

  private StoreUnavailableException(
      String what, @Nullable Throwable cause, boolean nothingWritten) {
    super(what, cause);
    this.nothingWritten = nothingWritten;
  }

  /// The same, thrown before anything was written.
  public StoreUnavailableException beforeWriting() {
    return new StoreUnavailableException(Objects.requireNonNull(getMessage()), getCause(), true);
  }

  /// Whether it is certain that nothing was written.
  public boolean nothingWritten() {
    return nothingWritten;
  }
}
