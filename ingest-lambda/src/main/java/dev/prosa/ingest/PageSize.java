package dev.prosa.ingest;

import dev.prosa.core.turn.Turn;

/// Counts the turns of a page and what they take in an answer. Used by one thread.
final class PageSize {

  /// An answer of a Lambda has at most 6 MB (AWS Lambda quotas), in which the body is a JSON text
  /// in a JSON text, and the last turn of a page may bring 2.5 MB more.
  static final int MAX_BYTES = 3_000_000;

  /// `\u001f`, whose backslash is escaped once more.
  private static final int CONTROL = 7;

  /// A quote or a backslash that was escaped twice.
  private static final int ESCAPED = 4;

  /// The most that UTF-8 takes for a UTF-16 unit.
  private static final int OTHER = 3;

  private final int maxTurns;
  private final int maxBytes;
  private int turns;
  private int bytes;

  PageSize(int maxTurns, int maxBytes) {
    this.maxTurns = maxTurns;
    this.maxBytes = maxBytes;
  }

  /// Whether the page ends here.
  boolean isFull() {
    return turns >= maxTurns || bytes >= maxBytes;
  }

  /// How many turns more it may have.
  int room() {
    return maxTurns - turns;
  }

  void add(Turn turn) {
    turns++;
    bytes += bytes(turn.prompt());
    var answered = Answered.of(turn);
    if (answered != null) {
      bytes += bytes(answered.text());
    }
  }

  static int bytes(String text) {
    return text.chars().map(PageSize::bytes).sum();
  }

  private static int bytes(int c) {
    if (c < ' ') {
      return CONTROL;
    }
    if (c == '"' || c == '\\') {
      return ESCAPED;
    }
    return c < 0x80 ? 1 : OTHER;
  }
}
