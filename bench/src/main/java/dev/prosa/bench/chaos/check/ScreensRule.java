package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import dev.prosa.bench.chaos.evidence.ShownReply;
import dev.prosa.bench.chaos.evidence.Signature;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// Replays what every client got: at each moment it shows the beginning of one call's reply, and in
/// the end what is stored.
final class ScreensRule implements Rule {

  private final Turns calls;
  private final Map<String, Integer> questions = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, TreeSet<String>> clients = new HashMap<>();
  private final Map<Screen, ShownReply> screens = new LinkedHashMap<>();
  private final Map<Screen, String> mixed = new LinkedHashMap<>();
  private final Map<Screen, String> foreign = new LinkedHashMap<>();
  private final Map<Screen, String> jobOwners = new HashMap<>();

  /// One job in one tab.
  private record Screen(String client, String job) {}

  /// @param calls reads every entry before this rule does
  ScreensRule(Turns calls) {
    this.calls = calls;
  }

  @Override
  public void read(Entry entry) {
    switch (entry.kind()) {
      case ACCEPTED -> {
        questions.put(entry.text("job"), entry.number("question"));
        owners.put(entry.text("job"), entry.text("owner"));
      }
      case CONNECTED -> {
        var client = entry.text("client");
        clients.computeIfAbsent(owner(client), _ -> new TreeSet<>()).add(client);
      }
      case FRAME -> {
        var frame = entry.fields().path("frame");
        var job = frame.path("jobId").asText();
        if (!job.isEmpty() && !frame.path("type").asText().equals("error")) {
          var screen = new Screen(entry.text("client"), job);
          jobOwners.put(screen, entry.text("owner"));
          show(screen, shown(screen).after(frame).reply());
        }
      }
      case POLLED -> {
        var screen = new Screen(entry.text("client"), entry.text("job"));
        show(screen, shown(screen).afterPoll(entry.fields().path("body")));
      }
      default -> {
        // not on a screen
      }
    }
  }

  private static String owner(String client) {
    return client.substring(0, Math.max(0, client.lastIndexOf('.')));
  }

  private ShownReply shown(Screen screen) {
    return screens.getOrDefault(screen, ShownReply.NONE);
  }

  private void show(Screen screen, ShownReply now) {
    var before = screens.put(screen, now);
    if (!now.equals(before) && !isBeginningOfOneCall(screen.job(), now.text())) {
      mixed.putIfAbsent(screen, now.text());
    }
  }

  /// A frame may be faster than the 202 of its job, which tells the question; the mark does, too.
  private boolean isBeginningOfOneCall(String job, String text) {
    if (text.isEmpty()) {
      return true;
    }
    var question = questions.getOrDefault(job, questionIn(text));
    return calls.calls(question).stream()
        .anyMatch(c -> new Signature(question, c.number(), c.words()).text().startsWith(text));
  }

  private static int questionIn(String text) {
    var mark = text.split("\\.", 2)[0];
    return mark.matches("q\\d{1,9}") ? Integer.parseInt(mark.substring(1)) : 0;
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    mixed.forEach((screen, text) ->
        findings.violation(
            Invariant.MIXED_TEXT, screen.client() + " shows of " + screen.job() + ": " + text));
    jobOwners.forEach((screen, owner) -> judgeOwner(screen, owner, turns));
    foreign.forEach((screen, owner) ->
        findings.violation(
            Invariant.FOREIGN_EVENT,
            screen.client() + " of " + owner + " heard of " + screen.job()));
    owners.forEach((job, owner) -> judgeScreens(job, owner, turns, findings));
    turns.all().forEach(turn -> judgeStored(turn, findings));
  }

  private void judgeOwner(Screen screen, String owner, Turns turns) {
    var stored = turns.find(screen.job());
    var real = owners.getOrDefault(screen.job(), stored == null ? "" : stored.owner());
    if (!real.equals(owner)) {
      foreign.put(screen, owner);
    }
  }

  private void judgeScreens(String job, String owner, Turns turns, Findings findings) {
    var stored = turns.find(job);
    if (stored == null) {
      return;
    }
    for (var client : clients.getOrDefault(owner, new TreeSet<>())) {
      var shown = shown(new Screen(client, job));
      var textIsRight = stored.isFailed() || shown.text().equals(stored.reply());
      if (!shown.end().equals(stored.state()) || !textIsRight) {
        findings.violation(
            Invariant.SCREEN_DIFFERS,
            "%s shows of %s: %s %s; stored: %s %s"
                .formatted(client, job, shown.end(), shown.text(), stored.state(), stored.reply()));
      }
    }
    if (stored.isFailed() && screens.keySet().stream().noneMatch(s -> isTold(s, job))) {
      findings.violation(Invariant.FAILURE_UNTOLD, job);
    }
  }

  private boolean isTold(Screen screen, String job) {
    return screen.job().equals(job) && shown(screen).end().equals("FAILED");
  }

  /// A completed reply is all of one good call, a stopped one the beginning of one.
  private void judgeStored(Turns.Stored turn, Findings findings) {
    var whole =
        calls.calls(turn.question()).stream()
            .filter(Turns.Call::good)
            .map(c -> new Signature(turn.question(), c.number(), c.words()).text())
            .anyMatch(turn.reply()::equals);
    var isRight =
        switch (turn.state()) {
          case "COMPLETED" -> whole;
          case "CANCELLED" -> isBeginningOfOneCall(turn.job(), turn.reply());
          default -> turn.reply().isEmpty();
        };
    if (!isRight) {
      findings.violation(Invariant.MIXED_TEXT, turn.job() + " is stored as: " + turn.reply());
    }
  }
}
