package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the plan promised to do was done.
final class PlanRule implements Rule {

  private final Map<Expectation, Integer> seen = new LinkedHashMap<>();

  PlanRule(List<Expectation> expectations) {
    expectations.forEach(expectation -> seen.put(expectation, 0));
  }

  @Override
  public void read(Entry entry) {
    seen.replaceAll((expectation, times) -> times + (fits(expectation, entry) ? 1 : 0));
  }

  private static boolean fits(Expectation expectation, Entry entry) {
    return expectation.kind() == entry.kind()
        && (expectation.value().isEmpty()
            || expectation.value().equals(entry.text(expectation.field())));
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    seen.forEach((expectation, times) -> {
      var met = times >= expectation.times();
      findings.fact(
          new Fact(expectation.what(), Integer.toString(times), ">= " + expectation.times(), met));
      if (!met) {
        findings.violation(
            Invariant.NOT_DONE, expectation.what() + ": " + times + " of " + expectation.times());
      }
    });
  }
}
