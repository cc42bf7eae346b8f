package dev.prosa.ingest;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.ConversationStore;
import dev.prosa.ingest.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cursors as clients see them: opaque, and safe in a URL.
final class Cursors {

  private static final Pattern CONVERSATION = Pattern.compile("\\d{1,15}:c_[0-9a-v]{26}");
  private static final Pattern PLACE = Pattern.compile("\\d{1,15}:c_[0-9a-v]{26}:\\d{1,9}");
  private static final Pattern SCANNED = Pattern.compile("c_[0-9a-v]{26}:\\d{1,9}");
  private static final Pattern TURN = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern MESSAGE = Pattern.compile("[1-9]\\d{0,8}q?");

  private Cursors() {}

  static String text(ConversationStore.Cursor cursor) {
    return encode(cursor.updatedAtMillis() + ":" + cursor.id());
  }

  static String text(int turn) {
    return encode(Integer.toString(turn));
  }

  static ConversationStore.@Nullable Cursor conversation(@Nullable String text) {
    return text == null ? null : cursor(decode(text, CONVERSATION));
  }

  static @Nullable Integer turn(@Nullable String text) {
    return text == null ? null : Integer.valueOf(decode(text, TURN));
  }

  /// @param number as [ListMessagesHandler] counts them; that of a reply is spelt as its turn
  static String message(int number) {
    return encode(number % 2 == 0 ? Integer.toString(number / 2) : (number + 1) / 2 + "q");
  }

  /// The number of a message.
  static @Nullable Integer message(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var decoded = decode(text, MESSAGE);
    return decoded.endsWith("q")
        ? 2 * Integer.parseInt(decoded.substring(0, decoded.length() - 1)) - 1
        : 2 * Integer.parseInt(decoded);
  }

  static String text(OwnerTurns.Place place) {
    var conversation = place.conversation();
    return encode(conversation.updatedAtMillis() + ":" + conversation.id() + ":" + place.turn());
  }

  static OwnerTurns.@Nullable Place place(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var decoded = decode(text, PLACE);
    var colon = decoded.lastIndexOf(':');
    return new OwnerTurns.Place(
        cursor(decoded.substring(0, colon)), Integer.parseInt(decoded.substring(colon + 1)));
  }

  static String text(ConversationStore.Place place) {
    return encode(place.conversation() + ":" + place.turn());
  }

  static ConversationStore.@Nullable Place scanned(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var decoded = decode(text, SCANNED);
    var colon = decoded.indexOf(':');
    return new ConversationStore.Place(
        new ConversationId(decoded.substring(0, colon)),
        Integer.parseInt(decoded.substring(colon + 1)));
  }

  private static ConversationStore.Cursor cursor(String decoded) {
    var colon = decoded.indexOf(':');
    return new ConversationStore.Cursor(
        Long.parseLong(decoded.substring(0, colon)),
        new ConversationId(decoded.substring(colon + 1)));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text, Pattern form) {
    try {
      var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      if (form.matcher(decoded).matches()) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
    throw badCursor();
  }

  private static RuntimeException badCursor() {
    return Request.refuse(
        ProblemCode.INVALID_FIELD, "cursor must be a nextCursor of the same list.", "cursor");
  }
}
