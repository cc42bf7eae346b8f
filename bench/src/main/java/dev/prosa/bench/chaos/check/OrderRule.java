package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import dev.prosa.bench.chaos.evidence.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every call of the model was told all earlier turns of its conversation as they are stored, in
/// their order, and nothing else.
final class OrderRule implements Rule {

  private final List<Call> calls = new ArrayList<>();
  private final Set<String> redriven = new HashSet<>();

  /// A question and the reply to it, as the model was told.
  private record Told(int question, int hash) {}

  private record Call(int question, int number, List<Told> history) {}

  @Override
  public void read(Entry entry) {
    if (entry.kind() == Kind.REDRIVE) {
      redriven.add(entry.text("job"));
    }
    if (entry.kind() == Kind.CALL) {
      var history = new ArrayList<Told>();
      for (var told : entry.fields().path("history")) {
        history.add(new Told(told.path("question").asInt(), told.path("hash").asInt()));
      }
      calls.add(new Call(entry.number("question"), entry.number("call"), history));
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    var byQuestion = new HashMap<Integer, Turns.Stored>();
    var byConversation = new HashMap<String, List<Turns.Stored>>();
    for (var turn : turns.all()) {
      byQuestion.put(turn.question(), turn);
      byConversation.computeIfAbsent(turn.conversation(), _ -> new ArrayList<>()).add(turn);
    }
    for (var call : calls) {
      var turn = byQuestion.get(call.question());
      if (turn == null) {
        findings.violation(
            Invariant.UNSEEN_TURN, "question " + call.question() + " was asked and is not stored");
      } else {
        var told =
            call.history().stream().filter(t -> isFirm(byQuestion.get(t.question()))).toList();
        judge(
            new Call(call.question(), call.number(), told),
            expected(turn, byConversation),
            findings);
      }
    }
  }

  /// A redriven turn was answered after turns that came behind it, which could not know its reply.
  private boolean isFirm(Turns.@Nullable Stored turn) {
    return turn == null || !redriven.contains(turn.job());
  }

  private List<Told> expected(Turns.Stored turn, Map<String, List<Turns.Stored>> byConversation) {
    return byConversation.getOrDefault(turn.conversation(), List.of()).stream()
        .filter(earlier -> earlier.place() < turn.place() && earlier.isHistory() && isFirm(earlier))
        .sorted(Comparator.comparingInt(Turns.Stored::place))
        .map(earlier -> new Told(earlier.question(), earlier.reply().hashCode()))
        .toList();
  }

  private static void judge(Call call, List<Told> expected, Findings findings) {
    if (!call.history().equals(expected)) {
      findings.violation(
          Invariant.UNSEEN_TURN,
          "call %d of question %d was told %s, stored is %s"
              .formatted(call.number(), call.question(), call.history(), expected));
    }
  }
}
