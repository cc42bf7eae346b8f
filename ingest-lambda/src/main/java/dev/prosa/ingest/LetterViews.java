package dev.prosa.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.core.redrive.RedriveOutcome;
import dev.prosa.core.turn.Turn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators see of dead letters.
final class LetterViews {

  private LetterViews() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LetterView(
      String id,
      @Nullable String jobId,
      List<String> messageIds,
      String code,
      String reason,
      int attempts,
      @Nullable String provider,
      String sentAt,
      long ageSeconds,
      @Nullable String owner,
      @Nullable String traceparent,
      @Nullable String state,
      @Nullable Integer attempt,
      @Nullable String prompt) {}

  record LettersView(String queue, List<LetterView> letters, boolean more) {}

  record ActionView(
      String id, String action, String outcome, int attempt, String message, boolean removed) {}

  record RedrivenView(List<ActionView> results, boolean more, String before) {}

  /// @param turn of the job; null when there is none
  /// @param prompt what the user wrote; null when nobody asked for it
  static LetterView letter(
      LetterGroup group, @Nullable Turn turn, Instant now, @Nullable String prompt) {
    var newest = group.newest();
    var job = group.job();
    return new LetterView(
        group.id(),
        job == null ? null : job.value(),
        group.messageIds(),
        newest.errorCode(),
        group.reason(),
        newest.attempts(),
        newest.provider(),
        group.since().toString(),
        group.ageSeconds(now),
        turn == null ? null : turn.owner().value(),
        group.traceparent(),
        group.state(turn),
        turn == null ? null : turn.attempt(),
        prompt);
  }

  static ActionView redriven(LetterGroup group, RedriveOutcome outcome) {
    return new ActionView(
        group.id(),
        "redrive",
        outcome.code(),
        outcome.attempt(),
        outcome.sentence(),
        outcome.removed());
  }
}
