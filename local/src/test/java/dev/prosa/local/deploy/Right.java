package dev.prosa.local.deploy;

import java.util.Comparator;

/// What a function may do.
///
/// @param action as IAM calls it
/// @param on what: `table`, `index/<name>`, `queue` or `queue-dlq`
record Right(String action, String on) implements Comparable<Right> {

  @Override
  public int compareTo(Right other) {
    return Comparator.comparing(Right::action).thenComparing(Right::on).compare(this, other);
  }

  @Override
  public String toString() {
    return action + " on " + on;
  }
}
