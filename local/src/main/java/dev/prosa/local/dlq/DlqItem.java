package dev.prosa.local.dlq;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is shown of the letters about one job. The names are those of the JSON, where a value that
/// is not known is null; they do not change.
///
/// @param jobId null when the message is no poke
/// @param messageIds of all copies, at least one
/// @param code why it is there, for programs
/// @param reason the same for people
/// @param attempts how many failed since the job was accepted or redriven last
/// @param ageSeconds since the first copy was sent
/// @param state where the turn stands now; `MISSING` when the table has none
/// @param attempt the number of the turn's last attempt
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"id", "jobId", "messageIds", "copies"})
record DlqItem(
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
    @Nullable Integer attempt) {

  /// @param turn of the job; null when there is none
  static DlqItem of(LetterGroup group, @Nullable Turn turn, Instant now) {
    var letter = group.newest();
    return new DlqItem(
        textOrNull(group.job()),
        group.messageIds(),
        letter.errorCode(),
        group.reason(),
        letter.attempts(),
        letter.provider(),
        group.since().toString(),
        group.ageSeconds(now),
        turn == null ? null : turn.owner().value(),
        group.traceparent(),
        group.state(turn),
        turn == null ? null : turn.attempt());
  }

  private static @Nullable String textOrNull(@Nullable JobId job) {
    return job == null ? null : job.value();
  }

  /// What to call it by.
  @JsonProperty
  String id() {
    return jobId == null ? messageIds.getFirst() : jobId;
  }

  @JsonProperty
  int copies() {
    return messageIds.size();
  }

  /// The age in the largest unit that says something, such as `3 h`.
  String age() {
    var age = Duration.ofSeconds(ageSeconds);
    if (age.toDays() >= 2) {
      return age.toDays() + " d";
    }
    if (age.toHours() >= 2) {
      return age.toHours() + " h";
    }
    return age.toMinutes() >= 2 ? age.toMinutes() + " min" : ageSeconds + " s";
  }
}
