package dev.prosa.core.identity;

/// It cannot be told now who a caller is, because the issuer's keys are not to be had. The same
/// token may prove it later.
public final class IdentityUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param message why, without anything of the token
  /// @param cause what went wrong
  public IdentityUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
