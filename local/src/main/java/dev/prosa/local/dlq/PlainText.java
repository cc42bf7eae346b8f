package dev.prosa.local.dlq;

import java.util.regex.Pattern;

/// Text of strangers, made harmless for a terminal and for one line of it.
final class PlainText {

  /// Control characters (of 7 and 8 bits), invisible ones that change the direction of writing,
  /// separators of lines, and halves of surrogate pairs.
  private static final Pattern ACTIVE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private PlainText() {}

  /// The text with every character that could act on a terminal spelt out, such as `\u001b`.
  static String of(String text) {
    return ACTIVE
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted(found.group().codePointAt(0)));
  }

  /// The same, cut to so many characters.
  static String of(String text, int max) {
    var whole = text.length() <= max;
    return of(whole ? text : text.substring(0, max)) + (whole ? "" : "...");
  }
}
