package dev.prosa.bench.gateway;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the text of a delta carries at its end, so that whoever reads it knows which one it is and
/// when it was due: `~`, 8 hexadecimal digits, 16 more, `~`.
///
/// @param number of the delta among those of its user, from 0
/// @param nanos when it was due, as `System.nanoTime()` of this process
record Mark(int number, long nanos) {

  private static final int DIGITS = 24;
  private static final int LENGTH = DIGITS + 2;

  /// What follows the text in a frame, at most: `"}` and a little.
  private static final int TAIL = 8;

  private static final String WORDS = "the quick brown fox jumps over the lazy dog ";

  /// A text of `length` UTF-16 units, all of them ASCII, that ends with this mark.
  ///
  /// @param length 26 or more
  String text(int length) {
    var filler = WORDS.repeat(1 + length / WORDS.length()).substring(0, length - LENGTH);
    return filler + String.format(Locale.ROOT, "~%08x%016x~", number, nanos);
  }

  /// The mark of a frame; null when it has none. The buffer is left as it was.
  static @Nullable Mark find(ByteBuffer frame) {
    for (var i = frame.limit() - 1; i >= frame.limit() - TAIL && i >= LENGTH; i--) {
      if (frame.get(i) == '~') {
        var begin = i - DIGITS;
        return new Mark((int) hex(frame, begin, 8), hex(frame, begin + 8, 16));
      }
    }
    return null;
  }

  private static long hex(ByteBuffer frame, int begin, int digits) {
    var number = 0L;
    for (var i = begin; i < begin + digits; i++) {
      number = number << 4 | Character.digit(frame.get(i), 16);
    }
    return number;
  }
}
