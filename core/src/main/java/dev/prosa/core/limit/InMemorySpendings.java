package dev.prosa.core.limit;

import java.util.HashMap;
import java.util.Map;

/// Spendings in this process.
final class InMemorySpendings implements Spendings {

  private record Day(Scope scope, long day) {}

  private final Map<Day, Amount> spent = new HashMap<>();

  @Override
  public synchronized Amount find(Scope scope, long day) {
    return spent.getOrDefault(new Day(scope, day), Amount.NOTHING);
  }

  @Override
  public synchronized void atLeast(Scope scope, long day, Amount amount) {
    var known = find(scope, day);
    if (amount.tokens() >= known.tokens() && amount.costNanos() >= known.costNanos()) {
      spent.put(new Day(scope, day), amount);
    }
  }
}
