package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import dev.prosa.bench.chaos.evidence.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The turns as the table has them at the end, and the calls of the model that were made for them.
final class Turns implements Rule {

  private final Map<String, Stored> byJob = new LinkedHashMap<>();
  private final Map<Integer, List<Call>> calls = new HashMap<>();

  /// A turn in the table.
  record Stored(String job, String owner, int question, String state, String reply) {

    boolean isFinal() {
      return !state.equals("ACCEPTED") && !state.equals("RUNNING");
    }

    boolean isFailed() {
      return state.equals("FAILED");
    }

    /// Whether it is part of what the model is told afterwards.
    boolean isHistory() {
      return state.equals("COMPLETED") || (state.equals("CANCELLED") && !reply.isEmpty());
    }

    String conversation() {
      return job.substring(0, job.lastIndexOf('_'));
    }

    int place() {
      return Integer.parseInt(job.substring(job.lastIndexOf('_') + 1));
    }
  }

  /// A call of the model.
  record Call(int question, int number, int words, boolean good) {}

  @Override
  public void read(Entry entry) {
    if (entry.kind() == Kind.TURN) {
      var turn =
          new Stored(
              entry.text("job"),
              entry.text("owner"),
              entry.number("question"),
              entry.text("state"),
              entry.text("reply"));
      byJob.put(turn.job(), turn);
    } else if (entry.kind() == Kind.CALL) {
      var call =
          new Call(
              entry.number("question"),
              entry.number("call"),
              entry.number("words"),
              entry.text("fault").equals("NONE"));
      calls.computeIfAbsent(call.question(), _ -> new ArrayList<>()).add(call);
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    // it only collects
  }

  Collection<Stored> all() {
    return byJob.values();
  }

  @Nullable Stored find(String job) {
    return byJob.get(job);
  }

  /// The calls that were made for a question so far.
  List<Call> calls(int question) {
    return calls.getOrDefault(question, List.of());
  }
}
