package dev.prosa.core.redrive;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.ReceivedLetter;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All letters about one job, or the one message that names no job. Letters are sent at least once,
/// so one job may have several.
///
/// @param poke what the letters ask for; null when the message is not a poke
/// @param copies at least one, oldest first
public record LetterGroup(@Nullable Poke poke, List<ReceivedLetter> copies) {

  public LetterGroup {
    copies = copies.stream().sorted(Comparator.comparing(ReceivedLetter::sentAt)).toList();
  }

  /// What people call it by: the job id, or the message id where there is no job.
  public String id() {
    var job = job();
    return job == null ? copies.getFirst().messageId() : job.value();
  }

  /// The job; null when the message is not a poke.
  public @Nullable JobId job() {
    return poke == null ? null : poke.job();
  }

  /// What the letter that was sent last says.
  public DeadLetter newest() {
    return copies.getLast().letter();
  }

  /// When the first of them was sent.
  public Instant since() {
    return copies.getFirst().sentAt();
  }

  /// The ids of the messages, oldest first.
  public List<String> messageIds() {
    return copies.stream().map(ReceivedLetter::messageId).toList();
  }

  /// How long ago the first of them was sent, in whole seconds; 0 when the clocks disagree.
  public long ageSeconds(Instant now) {
    return Math.max(0, Duration.between(since(), now).toSeconds());
  }

  /// Where its turn stands; `MISSING` when the table has none, null when the message names none.
  ///
  /// @param turn of the job; null when there is none
  public @Nullable String state(@Nullable Turn turn) {
    if (turn != null) {
      return turn.state().name();
    }
    return poke == null ? null : "MISSING";
  }

  /// Why it is there, in one sentence for a person.
  public String reason() {
    return Reason.of(newest());
  }

  /// The W3C trace context of the request; null when it had none. SQS does not add it to a poke
  /// that it moves, but the poke itself names its trace.
  public @Nullable String traceparent() {
    var own = newest().traceparent();
    return own == null && poke != null ? poke.traceparent() : own;
  }

  boolean isCalled(String name) {
    return id().equals(name) || copies.stream().anyMatch(c -> c.messageId().equals(name));
  }
}
