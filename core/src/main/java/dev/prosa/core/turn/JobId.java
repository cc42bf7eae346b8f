package dev.prosa.core.turn;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.prosa.core.runtime.RandomId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names a turn and the work of answering it.
///
/// It is opaque to clients. Here it encodes where the turn stands, so that one read finds it.
///
/// @param conversation the conversation of the turn
/// @param turn the place of the turn in it, counted from 1
public record JobId(ConversationId conversation, int turn) {

  private static final Pattern TEXT =
      Pattern.compile("j_(" + RandomId.PATTERN + ")_([1-9]\\d{0,8})");

  public JobId {
    if (turn < 1) {
      throw new IllegalArgumentException("turns are counted from 1, not " + turn);
    }
  }

  /// The id that `text` spells, or null when it spells none.
  public static @Nullable JobId parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    var end = text.lastIndexOf('_');
    var random = text.substring("j_".length(), end);
    return new JobId(ConversationId.ofRandom(random), Integer.parseInt(text.substring(end + 1)));
  }

  /// The id as clients see it.
  @JsonValue
  public String value() {
    return "j_" + conversation.random() + "_" + turn;
  }

  /// The id of the turn after this one, whether or not there is one yet.
  public JobId next() {
    return new JobId(conversation, turn + 1);
  }

  @Override
  public String toString() {
    return value();
  }
}
