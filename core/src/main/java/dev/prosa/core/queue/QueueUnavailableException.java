package dev.prosa.core.queue;

/// The queue did not answer in time or refused.
public final class QueueUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param what what was tried
  /// @param cause what the client library said
  public QueueUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
