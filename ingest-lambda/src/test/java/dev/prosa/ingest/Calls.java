package dev.prosa.ingest;

import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.ModelCall;
import java.time.Duration;

/// Calls as a worker writes them down.
final class Calls {

  private Calls() {}

  /// One that goes on, of which nothing but the question is reckoned.
  static ModelCall started(JobId job) {
    return new ModelCall(
        new ModelCall.Id(job, 1, 1),
        "p-1",
        "m-1",
        ModelCall.Outcome.STARTED,
        new Usage(1, 0),
        true,
        1,
        new ModelCall.Timing(ManualTime.BEGIN, null, Duration.ZERO));
  }

  static ModelCall answered(JobId job) {
    return new ModelCall(
        new ModelCall.Id(job, 1, 1),
        "p-1",
        "m-1",
        ModelCall.Outcome.ANSWERED,
        new Usage(3, 2),
        false,
        7,
        new ModelCall.Timing(ManualTime.BEGIN, Duration.ofMillis(40), Duration.ofSeconds(1)));
  }
}
