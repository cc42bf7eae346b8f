package dev.prosa.worker.llm;

/// The key of a provider.
///
/// @param value a secret, or [#NONE]'s
public record ApiKey(String value) {

  /// For a server on this machine that wants none; the client wants one.
  public static final ApiKey NONE = new ApiKey("none");

  /// Leaves the secret out.
  @Override
  public String toString() {
    return "***";
  }
}
