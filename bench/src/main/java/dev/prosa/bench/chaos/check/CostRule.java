package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import dev.prosa.bench.chaos.evidence.Kind;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/// What a crash costs: calls of the model that nobody would have paid for without it. Calls that
/// failed because the plan made them fail do not count.
final class CostRule implements Rule {

  private static final double LIMIT = 1.25;

  private final Set<String> accepted = new HashSet<>();
  private final TreeMap<String, Integer> faults = new TreeMap<>();
  private int good;

  @Override
  public void read(Entry entry) {
    if (entry.kind() == Kind.ACCEPTED) {
      accepted.add(entry.text("job"));
    } else if (entry.kind() == Kind.CALL) {
      if (entry.text("fault").equals("NONE")) {
        good++;
      } else {
        faults.merge(entry.text("fault").toLowerCase(Locale.ROOT), 1, Integer::sum);
      }
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    var broken = faults.values().stream().mapToInt(Integer::intValue).sum();
    var perJob = good / (double) Math.max(1, accepted.size());
    findings.fact(
        Fact.of(
            "LLM calls, faulty ones among them",
            "%d, %d (%.0f %%): %s"
                .formatted(
                    good + broken,
                    broken,
                    100.0 * broken / Math.max(1, good + broken),
                    faults.toString().replaceAll("[{}]", ""))));
    findings.fact(
        new Fact(
            "LLM calls without injected fault per accepted job",
            String.format(Locale.ROOT, "%.2f", perJob),
            String.format(Locale.ROOT, "<= %.2f", LIMIT),
            perJob <= LIMIT));
  }
}
