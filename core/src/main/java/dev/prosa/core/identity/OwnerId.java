package dev.prosa.core.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// The user whom conversations, jobs and connections belong to; the `sub` claim of a token.
///
/// The allowed characters keep it safe inside a table key, a Redis hash tag and a log line.
///
/// @param value 1 to 128 of `A-Z a-z 0-9 . _ @ | : + = / -`
public record OwnerId(@JsonValue String value) {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._@|:+=/-]{1,128}");

  public OwnerId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an owner is 1 to 128 of A-Z a-z 0-9 . _ @ | : + = / -, and this is not one");
    }
  }

  /// Whether `value` may be an owner.
  public static boolean isValid(String value) {
    return ALLOWED.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
