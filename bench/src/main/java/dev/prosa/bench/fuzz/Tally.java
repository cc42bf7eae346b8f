package dev.prosa.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is counted while many clients run. Thread-safe.
final class Tally {

  /// More are counted and not kept.
  private static final int MOST_KEPT = 100;

  private final SortedMap<String, Long> outcomes = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private long broken;

  /// Counts how one connection ended.
  synchronized void count(String outcome) {
    outcomes.merge(outcome, 1L, Long::sum);
  }

  /// Notes that something happened which must not.
  synchronized void violation(String what) {
    broken++;
    if (violations.size() < MOST_KEPT) {
      violations.add(what);
    }
  }

  synchronized SortedMap<String, Long> outcomes() {
    return new TreeMap<>(outcomes);
  }

  /// How many there were.
  synchronized long broken() {
    return broken;
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
