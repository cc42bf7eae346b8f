package dev.prosa.core.identity;

import com.fasterxml.jackson.annotation.JsonValue;

/// The user whom conversations, jobs and connections belong to; the `sub` claim of a token.
///
/// The allowed characters keep it safe inside a table key, a Redis hash tag and a log line.
///
/// @param value 1 to 128 of `A-Z a-z 0-9 . _ @ | : + = / -`
public record OwnerId(@JsonValue String value) {

  private static final int MAX_LENGTH = 128;
  private static final String OTHERS = "._@|:+=/-";

  public OwnerId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "an owner is 1 to 128 of A-Z a-z 0-9 . _ @ | : + = / -, and this is not one");
    }
  }

  /// Whether `value` may be an owner. Asked for every frame, so it is no regular expression.
  public static boolean isValid(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_LENGTH
        && value.chars().allMatch(OwnerId::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || OTHERS.indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
