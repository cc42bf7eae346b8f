package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import java.util.HashMap;
import java.util.Map;

/// A reply is written once, and everybody is told the same.
final class RepliesRule implements Rule {

  private final Map<String, Integer> finishes = new HashMap<>();
  private final Map<String, String> told = new HashMap<>();
  private final Map<String, String> toldOtherwise = new HashMap<>();

  @Override
  public void read(Entry entry) {
    switch (entry.kind()) {
      case FINISHED -> finishes.merge(entry.text("job"), 1, Integer::sum);
      case FRAME -> {
        var frame = entry.fields().path("frame");
        var job = frame.path("jobId").asText();
        switch (frame.path("type").asText()) {
          case "reply.completed" -> tell(job, "COMPLETED " + frame.path("content").asText());
          case "job.cancelled" -> tell(job, "CANCELLED " + frame.path("content").asText());
          case "job.failed" -> tell(job, "FAILED ");
          default -> {
            // not an end
          }
        }
      }
      case POLLED -> {
        var body = entry.fields().path("body");
        var state = body.path("state").asText();
        if (!state.matches("ACCEPTED|RUNNING")) {
          tell(entry.text("job"), state + " " + body.path("reply").path("content").asText(""));
        }
      }
      case REDRIVE -> {
        finishes.remove(entry.text("job"));
        told.remove(entry.text("job"));
      }
      default -> {
        // nothing about replies
      }
    }
  }

  private void tell(String job, String end) {
    var before = told.putIfAbsent(job, end);
    if (before != null && !before.equals(end)) {
      toldOtherwise.put(job, end);
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    finishes.forEach((job, times) -> {
      if (times > 1) {
        findings.violation(Invariant.SECOND_REPLY, job + " was ended " + times + " times");
      }
    });
    toldOtherwise.forEach((job, end) ->
        findings.violation(
            Invariant.SECOND_REPLY, job + ": first " + told.get(job) + ", then " + end));
    told.forEach((job, end) -> {
      var turn = turns.find(job);
      if (turn != null && !end.equals(turn.state() + " " + turn.reply())) {
        findings.violation(
            Invariant.SECOND_REPLY,
            job + ": told " + end + ", stored " + turn.state() + " " + turn.reply());
      }
    });
  }
}
