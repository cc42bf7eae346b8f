package dev.prosa.worker.deliver;

import java.nio.charset.StandardCharsets;

/// Keeps text free of half surrogate pairs: they cannot be stored, so what the browser shows would
/// differ from what the table has.
final class WholeCharacters {

  private static final char REPLACEMENT = '\uFFFD';

  private WholeCharacters() {}

  /// Appends `piece`, whose first half pair may complete the last one of `text`. A half pair that
  /// nothing can complete any more becomes U+FFFD; one at the very end waits.
  static void append(StringBuilder text, String piece) {
    for (int i = 0; i < piece.length(); i++) {
      var c = piece.charAt(i);
      var waiting = endsInHalf(text);
      if (waiting && !Character.isLowSurrogate(c)) {
        text.setCharAt(text.length() - 1, REPLACEMENT);
      }
      text.append(Character.isLowSurrogate(c) && !waiting ? REPLACEMENT : c);
    }
  }

  /// The text when nothing more comes.
  static String finished(StringBuilder text) {
    return endsInHalf(text) ? text.substring(0, text.length() - 1) + REPLACEMENT : text.toString();
  }

  /// The bytes of `piece` in UTF-8.
  static int utf8Length(String piece) {
    return piece.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean endsInHalf(StringBuilder text) {
    return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
  }
}
