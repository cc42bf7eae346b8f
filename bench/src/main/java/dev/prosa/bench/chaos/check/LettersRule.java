package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.core.queue.DeadLetter;
import java.util.HashSet;
import java.util.Set;

/// Every failed turn has a dead letter, and nothing else has one.
final class LettersRule implements Rule {

  private final Set<String> letters = new HashSet<>();
  private int garbage;
  private int malformed;
  private int unexplained;

  @Override
  public void read(Entry entry) {
    if (entry.kind() == Kind.POKE && entry.text("what").equals("garbage")) {
      garbage++;
    } else if (entry.kind() == Kind.LETTER) {
      if (!entry.text("job").isEmpty()) {
        letters.add(entry.text("job"));
      } else if (entry.text("code").equals(DeadLetter.MALFORMED)) {
        malformed++;
      } else {
        unexplained++;
      }
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    for (var job : letters) {
      var turn = turns.find(job);
      if (turn == null || !turn.isFailed()) {
        findings.violation(
            Invariant.LETTER_WITHOUT_FAILURE,
            job + " is " + (turn == null ? "unknown" : turn.state()));
      }
    }
    for (var turn : turns.all()) {
      if (turn.isFailed() && !letters.contains(turn.job())) {
        findings.violation(Invariant.FAILURE_WITHOUT_LETTER, turn.job());
      }
    }
    if (unexplained > 0) {
      findings.violation(
          Invariant.LETTER_WITHOUT_FAILURE, unexplained + " letters without a job and a reason");
    }
    if (malformed < garbage) {
      findings.violation(
          Invariant.FAILURE_WITHOUT_LETTER,
          (garbage - malformed) + " messages that are no pokes are gone");
    }
    if (malformed > 0 && garbage == 0) {
      findings.violation(
          Invariant.LETTER_WITHOUT_FAILURE, malformed + " letters of messages that nobody sent");
    }
  }
}
