package dev.prosa.worker.account;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.ModelCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Calls of one conversation.
final class Calls {

  private static final ConversationId CONVERSATION = ConversationId.create();
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private Calls() {}

  static ModelCall started(int turn) {
    return call(turn, ModelCall.Outcome.STARTED);
  }

  static ModelCall answered(int turn) {
    return call(turn, ModelCall.Outcome.ANSWERED);
  }

  static List<ModelCall> answered(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Calls::answered).toList();
  }

  private static ModelCall call(int turn, ModelCall.Outcome outcome) {
    return new ModelCall(
        new ModelCall.Id(new JobId(CONVERSATION, turn), 1, 1),
        "p-1",
        "m-1",
        outcome,
        new Usage(3, 2),
        false,
        7,
        new ModelCall.Timing(BEGIN, null, Duration.ZERO));
  }
}
