package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import dev.prosa.bench.chaos.evidence.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Every accepted message is one turn that ends.
final class JobsRule implements Rule {

  private final Map<String, String> jobByKey = new LinkedHashMap<>();
  private final Map<String, String> secondJobByKey = new HashMap<>();
  private final Map<String, String> storedKeys = new HashMap<>();
  private final Set<String> redriven = new HashSet<>();

  @Override
  public void read(Entry entry) {
    if (entry.kind() == Kind.ACCEPTED) {
      var key = entry.text("owner") + " " + entry.text("key");
      var job = entry.text("job");
      var before = jobByKey.putIfAbsent(key, job);
      if (before != null && !before.equals(job)) {
        secondJobByKey.put(key, job);
      }
    } else if (entry.kind() == Kind.REDRIVE) {
      redriven.add(entry.text("job"));
    } else if (entry.kind() == Kind.KEY) {
      storedKeys.put(entry.text("owner") + " " + entry.text("key"), entry.text("job"));
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    jobByKey.values().forEach(job -> judgeEnd(job, turns, findings));
    redriven.forEach(job -> judgeRedrive(job, turns, findings));
    secondJobByKey.forEach((key, job) ->
        findings.violation(
            Invariant.SECOND_TURN, key + " is " + jobByKey.get(key) + " and " + job));
    jobByKey.forEach((key, job) -> {
      if (!job.equals(storedKeys.get(key))) {
        findings.violation(
            Invariant.SECOND_TURN, key + " is " + job + ", stored " + storedKeys.get(key));
      }
    });
    var questions = new HashSet<Integer>();
    for (var turn : turns.all()) {
      if (!questions.add(turn.question())) {
        findings.violation(
            Invariant.SECOND_TURN, turn.job() + " asks question " + turn.question() + " again");
      }
    }
    findings.fact(Fact.of("jobs accepted", Integer.toString(jobByKey.size())));
    findings.fact(Fact.of("jobs by their end", ends(turns)));
  }

  private static void judgeEnd(String job, Turns turns, Findings findings) {
    var turn = turns.find(job);
    if (turn == null) {
      findings.violation(Invariant.NOT_TERMINAL, job + " is not in the table");
    } else if (!turn.isFinal()) {
      findings.violation(Invariant.NOT_TERMINAL, job + " is " + turn.state());
    }
  }

  private static void judgeRedrive(String job, Turns turns, Findings findings) {
    var turn = turns.find(job);
    if (turn == null || !turn.state().equals("COMPLETED")) {
      findings.violation(
          Invariant.REDRIVEN_IN_VAIN, job + " is " + (turn == null ? "unknown" : turn.state()));
    }
  }

  private static String ends(Turns turns) {
    var counts = new LinkedHashMap<String, Integer>();
    turns.all().forEach(turn -> counts.merge(turn.state(), 1, Integer::sum));
    return counts.toString().replaceAll("[{}]", "");
  }
}
