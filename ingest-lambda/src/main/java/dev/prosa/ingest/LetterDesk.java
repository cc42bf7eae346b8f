package dev.prosa.ingest;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.core.redrive.Letters;
import dev.prosa.core.redrive.Redrive;
import dev.prosa.core.turn.Turn;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The dead-letter queue in the hands of one operator.
///
/// @param ingest what the handlers work with
/// @param who the operator
record LetterDesk(Ingest ingest, OwnerId who) {

  /// Whom a letter is looked for among; a queue cannot be searched, only read.
  private static final int MOST = 1_000;

  /// Longer than a request may take, so that nobody else gets a letter that somebody works on.
  static final Duration HIDDEN = Duration.ofSeconds(60);

  /// A letter that another request looks at is hidden for a moment.
  private static final int LOOKS = 2;

  DeadLetterQueue queue() {
    return ingest.operations().queues().get().letters();
  }

  /// What can be done with a letter; every action is noted as this operator's. Made before anything
  /// is done, since it throws when nothing could be noted.
  Redrive redrive() {
    return new Redrive(
        ingest.database().turns(),
        ingest.operations().queues().get().jobs(),
        ingest.presence().channel(),
        ingest.operations().audit().apply(who),
        ingest.settings().timeToAnswer());
  }

  /// Takes letters out, to be closed again soon.
  Letters take(int limit) {
    return Letters.take(queue(), limit, HIDDEN);
  }

  /// Works on the letters of one job.
  ///
  /// @param id a job id or a message id
  /// @param whenMissing is run before the request is refused because there is none
  <T> T on(String id, Runnable whenMissing, BiFunction<Letters, LetterGroup, T> work) {
    for (int looks = 0; looks < LOOKS; looks++) {
      try (var letters = take(MOST)) {
        var group = letters.find(id);
        if (group != null) {
          return work.apply(letters, group);
        }
      }
    }
    whenMissing.run();
    throw Request.refuse(ProblemCode.NOT_FOUND, "There is no such letter.", "letterId");
  }

  /// The turn of a letter; null when there is none, or the message is no poke.
  @Nullable Turn turn(LetterGroup group) {
    var job = group.job();
    return job == null ? null : ingest.database().turns().find(job);
  }
}
