package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What the journal of a run proves.
///
/// @param violations of invariants; empty when all were kept
/// @param facts figures, some with limits
public record Verdict(List<Violation> violations, List<Fact> facts) {

  public Verdict {
    violations = List.copyOf(violations);
    facts = List.copyOf(facts);
  }

  /// One violation.
  ///
  /// @param what which job, client or process, and how
  public record Violation(Invariant invariant, String what) {}

  /// Judges a journal.
  ///
  /// @param expectations what should have been done to Prosa in that run
  public static Verdict of(Path journal, List<Expectation> expectations) {
    return of(reader -> Entry.readAll(journal, reader), expectations);
  }

  static Verdict of(Consumer<Consumer<Entry>> journal, List<Expectation> expectations) {
    var turns = new Turns();
    var rules =
        List.of(
            turns,
            new PlanRule(expectations),
            new JobsRule(),
            new RepliesRule(),
            new ScreensRule(turns),
            new OrderRule(),
            new LettersRule(),
            new LeaksRule(),
            new LogRule(),
            new CostRule(),
            new RecoveryRule());
    journal.accept(entry -> rules.forEach(rule -> rule.read(entry)));
    var findings = new Findings();
    rules.forEach(rule -> rule.conclude(turns, findings));
    return findings.verdict();
  }

  /// How often an invariant was violated.
  public long count(Invariant invariant) {
    return violations.stream().filter(v -> v.invariant() == invariant).count();
  }

  /// Whether every invariant and every limit was kept.
  public boolean isGood() {
    return violations.isEmpty() && facts.stream().allMatch(Fact::met);
  }
}
