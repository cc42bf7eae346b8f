package dev.prosa.core.turn;

import dev.prosa.core.runtime.AwsTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The one table and the client that reaches it. Thread-safe; whoever opens it closes it.
///
/// @param client owned by this record
/// @param name the name of the table
public record DynamoDbTable(DynamoDbClient client, String name) implements AutoCloseable {

  /// Long enough for a cold connection, short enough for three tries inside a lease.
  private static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(1), Duration.ofSeconds(4));

  /// More are refused (Amazon DynamoDB API, `BatchWriteItem`).
  private static final int MAX_WRITES = 25;

  /// How often what DynamoDB left over is sent again at once. Whoever calls waits before the next
  /// try: a table that still refuses then needs time.
  private static final int MAX_TRIES = 4;

  private static final int MAX_DELETES = 100;

  /// A server that has just been started takes its time on a busy machine, and nobody waits yet.
  private static final AwsTarget.Patience SETUP_PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));

  /// A table at `target`; nothing is called yet.
  public static DynamoDbTable open(AwsTarget target, String name) {
    return open(target, name, PATIENCE);
  }

  /// A table at `target`, which is given up after so long; nothing is called yet.
  public static DynamoDbTable open(AwsTarget target, String name, AwsTarget.Patience patience) {
    return new DynamoDbTable(target.configure(DynamoDbClient.builder(), patience).build(), name);
  }

  /// Creates the table when it is not there, and waits until it can be used.
  ///
  /// @throws StoreUnavailableException when DynamoDB does not answer
  public static void createIfMissing(AwsTarget target, String name) {
    try (var table = open(target, name, SETUP_PATIENCE)) {
      table.call(
          "create table " + name,
          () -> {
            DynamoDbSchema.createIfMissing(table.client, name);
            return name;
          });
    }
  }

  /// The partition key of everything that belongs to a conversation.
  public static AttributeValue partition(ConversationId conversation) {
    return DynamoDbItem.conversationPk(conversation);
  }

  /// Runs one call and translates what only says that the store is not there. A condition that does
  /// not hold is an answer and passes through.
  ///
  /// @param what for the message: a verb and the ids
  /// @throws StoreUnavailableException when the client says that the store does not answer
  public <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (ConditionalCheckFailedException | TransactionCanceledException answer) {
      throw answer;
    } catch (SdkException e) {
      throw new StoreUnavailableException("cannot " + what, e);
    }
  }

  /// The items of a shard that should have been looked at before `now`, the most overdue first.
  List<Map<String, AttributeValue>> overdue(String what, int shard, Instant now, int limit) {
    var values = Map.of(":shard", DynamoDbItem.n(shard), ":now", DynamoDbItem.at(now));
    return call(
            what,
            () ->
                client.query(r ->
                    r.tableName(name)
                        .indexName(DynamoDbSchema.OPEN)
                        .keyConditionExpression("#shard = :shard AND wakeAt < :now")
                        .expressionAttributeNames(DynamoDbSchema.SHARD_NAME)
                        .expressionAttributeValues(values)
                        .limit(limit)))
        .items();
  }

  /// Writes or deletes items, none of which is named twice. When it throws, some of it may be done.
  ///
  /// @param what for the message: a verb and the ids
  /// @throws StoreUnavailableException when DynamoDB does not answer, or leaves something over
  public void write(String what, List<WriteRequest> writes) {
    for (int from = 0; from < writes.size(); from += MAX_WRITES) {
      writeBatch(what, writes.subList(from, Math.min(from + MAX_WRITES, writes.size())));
    }
  }

  private void writeBatch(String what, List<WriteRequest> writes) {
    var left = writes;
    for (int tries = 0; tries < MAX_TRIES && !left.isEmpty(); tries++) {
      var items = Map.of(name, left);
      var answer = call(what, () -> client.batchWriteItem(r -> r.requestItems(items)));
      left = answer.unprocessedItems().getOrDefault(name, List.of());
    }
    if (!left.isEmpty()) {
      throw new StoreUnavailableException(
          "cannot %s: DynamoDB left %d of %d over %d times"
              .formatted(what, left.size(), writes.size(), MAX_TRIES),
          null);
    }
  }

  /// Deletes at most 100 items of a partition, the last ones first.
  ///
  /// @param prefix what their sort keys begin with; null for all
  /// @return whether more may be left
  /// @throws StoreUnavailableException when DynamoDB does not answer, or leaves something over
  public boolean deleteSome(String what, AttributeValue partition, @Nullable String prefix) {
    var values = new HashMap<>(Map.of(":pk", partition));
    if (prefix != null) {
      values.put(":prefix", AttributeValue.fromS(prefix));
    }
    var found =
        call(
            what,
            () ->
                client.query(r ->
                    r.tableName(name)
                        .keyConditionExpression(
                            prefix == null ? "PK = :pk" : "PK = :pk AND begins_with(SK, :prefix)")
                        .expressionAttributeValues(values)
                        .projectionExpression("PK, SK")
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(MAX_DELETES)));
    write(what, found.items().stream().map(DynamoDbTable::deletion).toList());
    return found.hasLastEvaluatedKey();
  }

  /// The deletion of one item.
  ///
  /// @param key its two keys
  static WriteRequest deletion(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(d -> d.key(key)).build();
  }

  /// One item, read consistently; null when there is none.
  @Nullable Map<String, AttributeValue> find(String what, Map<String, AttributeValue> key) {
    var item =
        call(
            what,
            () -> client.getItem(r -> r.tableName(name).key(key).consistentRead(true)).item());
    return item.isEmpty() ? null : item;
  }

  /// Those of the items that there are, read as they were a moment ago.
  ///
  /// @param keys at most 100 (Amazon DynamoDB API, `BatchGetItem`), none twice
  List<Map<String, AttributeValue>> findAll(String what, List<Map<String, AttributeValue>> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    // what DynamoDB leaves over is missed: nobody asks for all of it
    return call(what, () -> client.batchGetItem(r -> r.requestItems(Map.of(name, of(keys)))))
        .responses()
        .getOrDefault(name, List.of());
  }

  private static KeysAndAttributes of(List<Map<String, AttributeValue>> keys) {
    return KeysAndAttributes.builder().keys(keys).build();
  }

  @Override
  public void close() {
    client.close();
  }
}
