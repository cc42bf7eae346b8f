package dev.prosa.core.turn;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.prosa.core.runtime.RandomId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names a conversation: `c_` and 26 characters of `0-9a-v`.
///
/// @param value the whole id, as clients see it
public record ConversationId(@JsonValue String value) {

  private static final String PREFIX = "c_";
  private static final Pattern ALLOWED = Pattern.compile(PREFIX + RandomId.PATTERN);

  public ConversationId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException("not a conversation id");
    }
  }

  /// A new id that no conversation has.
  public static ConversationId create() {
    return new ConversationId(PREFIX + RandomId.create().value());
  }

  /// The id that `text` spells, or null when it spells none.
  public static @Nullable ConversationId parse(String text) {
    return ALLOWED.matcher(text).matches() ? new ConversationId(text) : null;
  }

  /// The id without its prefix: 26 characters.
  String random() {
    return value.substring(PREFIX.length());
  }

  static ConversationId ofRandom(String random) {
    return new ConversationId(PREFIX + random);
  }

  @Override
  public String toString() {
    return value;
  }
}
