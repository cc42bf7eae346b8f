package dev.prosa.bench.chaos.check;

import java.util.ArrayList;
import java.util.List;

/// What the rules have found.
final class Findings {

  private final List<Verdict.Violation> violations = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();

  void violation(Invariant invariant, String what) {
    violations.add(new Verdict.Violation(invariant, what));
  }

  void fact(Fact fact) {
    facts.add(fact);
  }

  Verdict verdict() {
    return new Verdict(violations, facts);
  }
}
