package dev.prosa.local.embedded;

/// An embedded server did not start; the message is a sentence for the person at the terminal.
public class EmbeddedServerException extends RuntimeException {

  /// @param message which server, why, and what to do about it when that is known
  public EmbeddedServerException(String message) {
    super(message);
  }

  /// @param message which server, why, and what to do about it when that is known
  /// @param cause what the server itself reported
  public EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
