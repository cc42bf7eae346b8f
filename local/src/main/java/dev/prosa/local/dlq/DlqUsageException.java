package dev.prosa.local.dlq;

/// The command line asks for something that does not exist; the message says what.
public final class DlqUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param whatIsWrong one sentence for the person who typed it
  public DlqUsageException(String whatIsWrong) {
    super(whatIsWrong);
  }
}
