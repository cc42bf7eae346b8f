package dev.prosa.core.turn;

import dev.prosa.core.runtime.AwsTarget;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The one table and the client that reaches it. Thread-safe; whoever opens it closes it.
///
/// @param client owned by this record
/// @param name the name of the table
public record DynamoDbTable(DynamoDbClient client, String name) implements AutoCloseable {

  /// Long enough for a cold connection, short enough for three tries inside a request.
  private static final Duration ATTEMPT = Duration.ofSeconds(1);

  private static final Duration CALL = Duration.ofSeconds(4);

  /// A table at `target`; nothing is called yet.
  public static DynamoDbTable open(AwsTarget target, String name) {
    return new DynamoDbTable(
        target.configure(DynamoDbClient.builder(), ATTEMPT, CALL).build(), name);
  }

  /// Creates the table when it is not there, and waits until it can be used.
  public void createIfMissing() {
    call(
        "create table " + name,
        () -> {
          DynamoDbSchema.createIfMissing(client, name);
          return name;
        });
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

  /// One item, read consistently; null when there is none.
  @Nullable Map<String, AttributeValue> find(String what, Map<String, AttributeValue> key) {
    var item =
        call(
            what,
            () -> client.getItem(r -> r.tableName(name).key(key).consistentRead(true)).item());
    return item.isEmpty() ? null : item;
  }

  @Override
  public void close() {
    client.close();
  }
}
