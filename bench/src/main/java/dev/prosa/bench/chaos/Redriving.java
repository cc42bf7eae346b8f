package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.core.redrive.Letters;
import dev.prosa.core.redrive.Redrive;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.turn.TurnDatabase;
import java.time.Duration;

/// The operator of a run, who redrives every dead letter, and each of them a second time at once.
final class Redriving {

  private static final int ALL = 10_000;
  private static final Duration HIDDEN = Duration.ofMinutes(2);
  private static final Duration TIME_TO_ANSWER = Duration.ofMinutes(10);

  private final DeadLetterQueue deadLetters;
  private final Redrive redrive;
  private final Journal journal;

  Redriving(Stage stage, Journal journal) {
    var backend = stage.backend();
    this.deadLetters = DeadLetterQueue.sqs(backend.queues());
    this.journal = journal;
    this.redrive =
        new Redrive(
            TurnDatabase.dynamoDb(backend.table(), stage.clock()).turns(),
            JobQueue.sqs(backend.queues()),
            ReplyChannel.redis(backend.cache(), stage.clock()),
            entry -> {},
            TIME_TO_ANSWER);
  }

  void redriveAllTwice() {
    try (var letters = Letters.take(deadLetters, ALL, HIDDEN)) {
      for (var group : letters.groups()) {
        if (group.job() != null) {
          journal.note(Kind.REDRIVE, e -> e.put("job", group.id()));
          redrive(letters, group, false);
          redrive(letters, group, true);
        }
      }
    }
  }

  private void redrive(Letters letters, LetterGroup group, boolean again) {
    var outcome = redrive.redrive(letters, group);
    journal.note(
        Kind.REDRIVEN,
        e ->
            e.put("job", group.id())
                .put("outcome", outcome.code())
                .put("again", Boolean.toString(again)));
  }
}
