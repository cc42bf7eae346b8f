package dev.prosa.local;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.TurnDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

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
    var owner = new OwnerId(user);
    return accepted(new NewTurn(owner, null, prompt, null, Duration.ofMillis(1), null, null));
  }

  /// Sends a message as an HTTP API does that knows other system prompts than the worker.
  JobId naming(String promptName, String user, String prompt) {
    var owner = new OwnerId(user);
    return accepted(
        new NewTurn(
            owner, null, prompt, null, Duration.ofMinutes(10), null, null, promptName, null));
  }

  private JobId accepted(NewTurn request) {
    var database = TurnDatabase.dynamoDb(table, InstantSource.system());
    var turn = ((AcceptOutcome.Accepted) database.turns().accept(request)).turn();
    JobQueue.sqs(queues).send(new Poke(turn.job(), null), turn.owner());
    return turn.job();
  }

  /// Makes a conversation of one answered turn a long one: its turn is repeated, each question and
  /// answer followed by its number.
  ///
  /// @param turns how many it has then
  void lengthen(ConversationId conversation, int turns) {
    var partition = Map.of(":pk", DynamoDbTable.partition(conversation));
    var items =
        table
            .client()
            .query(r ->
                r.tableName(table.name())
                    .keyConditionExpression("PK = :pk")
                    .expressionAttributeValues(partition))
            .items();
    var turn = items.stream().filter(BackDoor::isTurn).findFirst().orElseThrow();
    var meta =
        new HashMap<>(
            items.stream().filter(i -> text(i, "SK").equals("META")).findFirst().orElseThrow());
    meta.put("lastTurn", AttributeValue.fromN(Integer.toString(turns)));
    var writes =
        Stream.concat(
                IntStream.rangeClosed(1, turns).mapToObj(i -> numbered(turn, i)), Stream.of(meta))
            .map(item -> WriteRequest.builder().putRequest(r -> r.item(item)).build())
            .toList();
    table.write("lengthen " + conversation, writes);
  }

  private static boolean isTurn(Map<String, AttributeValue> item) {
    return text(item, "SK").startsWith("TURN#");
  }

  private static Map<String, AttributeValue> numbered(Map<String, AttributeValue> turn, int i) {
    var item = new HashMap<>(turn);
    item.put("SK", AttributeValue.fromS("TURN#%010d".formatted(i)));
    for (var name : List.of("prompt", "content")) {
      item.computeIfPresent(name, (_, text) -> AttributeValue.fromS(text.s() + " " + i));
    }
    return item;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
  }

  /// Puts a message into the dead-letter queue, as SQS or a stranger does.
  void moved(String body) {
    queues.client().sendMessage(r -> r.queueUrl(queues.deadLetterUrl()).messageBody(body));
  }

  /// The dead letters that are visible now, with everything that is written on them.
  List<String> letters() {
    return queues
        .client()
        .receiveMessage(r ->
            r.queueUrl(queues.deadLetterUrl())
                .maxNumberOfMessages(10)
                .visibilityTimeout(0)
                .messageAttributeNames("All")
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages()
        .stream()
        .map(Message::toString)
        .toList();
  }

  @Override
  public void close() {
    table.close();
    queues.close();
  }
}
