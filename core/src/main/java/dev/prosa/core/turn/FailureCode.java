package dev.prosa.core.turn;

import java.util.Locale;

/// Why a turn failed. Clients see the code in lower case and the message; both are stable.
public enum FailureCode {
  /// Every attempt met a provider that was down, overloaded or cut the stream.
  PROVIDER_UNAVAILABLE("The model could not be reached. Please try again.", true),
  /// The provider took too long to begin, paused too long, or took too long in all.
  PROVIDER_TIMEOUT("The model took too long to answer. Please try again.", true),
  /// The provider refused the request itself, so another attempt would be refused too.
  PROVIDER_REJECTED("The model did not accept this request.", false),
  /// The provider refused the text.
  CONTENT_FILTERED("The model declined to answer this message.", false),
  /// The conversation does not fit the model.
  CONTEXT_TOO_LONG(
      "The conversation has become too long for the model. Please start a new one.", false),
  /// The worker's settings do not have the system prompt that the message names; without it, it is
  /// not answered.
  PROMPT_UNKNOWN("The server does not know the prompt that this message names.", false),
  /// Workers died on it until no attempt was left.
  ATTEMPTS_EXHAUSTED("The answer failed several times. Please try again.", true),
  /// The deadline of the turn passed.
  DEADLINE_EXCEEDED("The answer did not come in time. Please try again.", true);

  private final String message;
  private final boolean retryable;

  FailureCode(String message, boolean retryable) {
    this.message = message;
    this.retryable = retryable;
  }

  /// The stable code: the name in lower case.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// One sentence for the user.
  public String message() {
    return message;
  }

  /// Whether sending the same message again may succeed.
  public boolean retryable() {
    return retryable;
  }

  /// The constant whose [#code()] is `code`.
  ///
  /// @throws IllegalArgumentException when there is none
  static FailureCode of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
