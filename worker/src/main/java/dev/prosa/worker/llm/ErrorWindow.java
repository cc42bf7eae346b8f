package dev.prosa.worker.llm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/// Counts the errors of the last seconds, exactly. Not thread-safe.
final class ErrorWindow {

  private final int limit;
  private final Duration length;
  private final ArrayDeque<Instant> errors = new ArrayDeque<>();

  /// @param limit how many are allowed
  ErrorWindow(int limit, Duration length) {
    this.limit = limit;
    this.length = length;
  }

  /// Notes an error and tells whether there are more than allowed now.
  boolean add(Instant now) {
    var oldest = now.minus(length);
    while (!errors.isEmpty() && !errors.getFirst().isAfter(oldest)) {
      errors.removeFirst();
    }
    errors.addLast(now);
    return errors.size() > limit;
  }

  void clear() {
    errors.clear();
  }
}
