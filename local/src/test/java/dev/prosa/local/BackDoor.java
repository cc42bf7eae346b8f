package dev.prosa.local;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.TurnDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/// The table and the queues of a running chat, found by its run file.
///
/// @param table owned by this record
/// @param queues owned by this record
record BackDoor(DynamoDbTable table, SqsQueues queues) implements AutoCloseable {

  static BackDoor of(Path data) {
    var run = Objects.requireNonNull(RunFile.read(data));
    var sqs = new AwsTarget(run.region(), URI.create(run.sqs()));
    var dynamoDb = new AwsTarget(run.region(), URI.create(run.dynamoDb()));
    return new BackDoor(
        DynamoDbTable.open(dynamoDb, run.table()), SqsQueues.open(sqs, run.queue()));
  }

  /// Has a worker give a job up at once: its deadline has passed when it is taken.
  JobId failing(String user, String prompt) {
    var database = TurnDatabase.dynamoDb(table, InstantSource.system());
    var owner = new OwnerId(user);
    var request = new NewTurn(owner, null, prompt, null, Duration.ofMillis(1), null, null);
    var turn = ((AcceptOutcome.Accepted) database.turns().accept(request)).turn();
    JobQueue.sqs(queues).send(new Poke(turn.job(), null), owner);
    return turn.job();
  }

  /// Puts a message into the dead-letter queue, as SQS or a stranger does.
  void moved(String body) {
    queues.client().sendMessage(r -> r.queueUrl(queues.deadLetterUrl()).messageBody(body));
  }

  @Override
  public void close() {
    table.close();
    queues.close();
  }
}
