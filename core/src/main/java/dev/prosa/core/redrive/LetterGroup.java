package dev.prosa.core.redrive;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.ReceivedLetter;
import dev.prosa.core.turn.JobId;
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

  boolean isCalled(String name) {
    return id().equals(name) || copies.stream().anyMatch(c -> c.messageId().equals(name));
  }
}
