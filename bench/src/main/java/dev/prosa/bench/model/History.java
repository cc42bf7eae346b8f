package dev.prosa.bench.model;

import dev.prosa.core.turn.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What happened in one world, and what must not have.
final class History {

  private static final int MOST_VIOLATIONS = 20;

  private final Kernel kernel;
  private final boolean traced;
  private final List<String> trace = new ArrayList<>();
  private final Set<String> violations = new LinkedHashSet<>();
  private final Map<String, @Nullable JobId> asked = new LinkedHashMap<>();
  private final Map<String, JobId> written = new HashMap<>();
  private final Set<JobId> redriven = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Integer> callOfAttempt = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  /// One call to the model.
  ///
  /// @param number counted from 0 in this world
  /// @param question what was asked
  /// @param text what it has said so far
  record Call(int number, String question, StringBuilder text) {

    /// Says one more piece, signed with question, call and place.
    String next() {
      var piece = "%s.%d.%d ".formatted(question, number, text.length());
      text.append(piece);
      return piece;
    }
  }

  History(Kernel kernel, boolean traced) {
    this.kernel = kernel;
    this.traced = traced;
  }

  /// Notes something for people who replay a seed.
  void note(String what) {
    if (traced) {
      trace.add("%10.3f %s".formatted(kernel.nowNanos() / 1e9, what));
    }
  }

  /// What was noted; empty when nobody wanted it.
  List<String> trace() {
    return List.copyOf(trace);
  }

  /// Notes that a promise was broken.
  void violation(String what) {
    note("VIOLATION " + what);
    if (violations.size() < MOST_VIOLATIONS) {
      violations.add(what);
    }
  }

  Set<String> violations() {
    return violations;
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  Map<String, Integer> counts() {
    return counts;
  }

  /// Somebody wants to post a message; its text is its key.
  void ask(String key) {
    asked.put(key, null);
  }

  /// A message was accepted, perhaps not for the first time.
  void accepted(String key, JobId job) {
    var before = asked.put(key, job);
    if (before != null && !before.equals(job)) {
      violation("the key %s was answered with two jobs".formatted(key));
    }
  }

  /// The job of every key; null when it was not accepted yet.
  Map<String, @Nullable JobId> asked() {
    return asked;
  }

  /// A turn was written.
  void written(String prompt, JobId job) {
    var before = written.put(prompt, job);
    if (before != null && !before.equals(job)) {
      violation("two turns for the key " + prompt);
    }
  }

  @Nullable JobId jobOf(String prompt) {
    return written.get(prompt);
  }

  /// A failed turn was opened again.
  void redriven(JobId job) {
    redriven.add(job);
    count("redriven");
  }

  boolean wasRedriven(@Nullable JobId job) {
    return redriven.contains(job);
  }

  Call call(String question) {
    var call = new Call(calls.size(), question, new StringBuilder());
    calls.add(call);
    count("calls to the model");
    return call;
  }

  /// The call that a text begins with; null when it is no text of a model.
  @Nullable Call callOf(String text) {
    var parts = text.split("\\.", 3);
    if (parts.length < 3 || !parts[1].matches("\\d{1,9}")) {
      return null;
    }
    var number = Integer.parseInt(parts[1]);
    return number < calls.size() ? calls.get(number) : null;
  }

  /// Whether `text` is the beginning of what one call said to `question`.
  boolean isOfOneCall(String question, String text) {
    var call = callOf(text);
    return text.isEmpty()
        || (call != null
            && call.question().equals(question)
            && call.text().length() >= text.length()
            && call.text().substring(0, text.length()).equals(text));
  }

  /// A text was seen under the number of an attempt; an attempt is one call.
  void seen(JobId job, int attempt, String text) {
    var call = callOf(text);
    if (call != null) {
      var before = callOfAttempt.putIfAbsent(job + "#" + attempt, call.number());
      if (before != null && before != call.number()) {
        violation("attempt %d of %s shows text of two calls".formatted(attempt, job));
      }
    }
  }
}
