package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import dev.prosa.bench.chaos.evidence.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A line at ERROR means a bug, and so does the trace of an exception that only bugs throw. What
/// infrastructure throws when it is away is expected.
final class LogRule implements Rule {

  /// Each with its reason.
  private static final List<Pattern> EXPECTED =
      List.of(
          // what the client libraries throw when the other end is away, slow or broken
          Pattern.compile("(Caused by: )?java\\.(io|net|util\\.concurrent\\.Timeout|nio)\\S*.*"),
          Pattern.compile("(Caused by: )?java\\.lang\\.InterruptedException.*"),
          Pattern.compile(
              "(Caused by: )?(software\\.amazon|redis\\.clients|com\\.openai|okhttp3|javax\\.net)\\S+.*"),
          // what the AWS SDK says itself when it gives a call up and the other end is gone by then
          Pattern.compile(
              ".* ERROR ApiCallAttemptTimeoutTrackingStage .*Failed to close the response stream.*"),
          // our own names for the same
          Pattern.compile(
              "(Caused by: )?dev\\.prosa\\.\\S*(StoreUnavailable|QueueUnavailable|CacheUnavailable|Model)Exception.*"));

  private final List<String> unexpected = new ArrayList<>();

  @Override
  public void read(Entry entry) {
    var line = entry.text("line");
    if (entry.kind() == Kind.LOG
        && EXPECTED.stream().noneMatch(known -> known.matcher(line).matches())) {
      unexpected.add(entry.text("process") + ": " + line);
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    unexpected.forEach(line -> findings.violation(Invariant.LOG_LINE, line));
  }
}
