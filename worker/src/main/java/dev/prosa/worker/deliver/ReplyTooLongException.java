package dev.prosa.worker.deliver;

/// A reply grew over what the store can hold.
public final class ReplyTooLongException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReplyTooLongException(int limitBytes) {
    super("a reply may have at most " + limitBytes + " bytes");
  }
}
