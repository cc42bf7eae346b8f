package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.n;
import static dev.prosa.core.turn.DynamoDbItem.s;

import dev.prosa.core.identity.OwnerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// Reads and renames the `META` items, one by one or through the index by owner.
final class DynamoDbConversationStore implements ConversationStore {

  private final DynamoDbTable table;

  DynamoDbConversationStore(DynamoDbTable table) {
    this.table = table;
  }

  @Override
  public @Nullable Conversation find(ConversationId id) {
    var item = table.find("read " + id, DynamoDbItem.conversationKey(id));
    return item == null || DynamoDbItem.isTombstone(item) ? null : conversation(item);
  }

  @Override
  public @Nullable Conversation rename(OwnerId owner, ConversationId id, String title) {
    try {
      var answer =
          table.call(
              "rename " + id,
              () ->
                  table
                      .client()
                      .updateItem(r ->
                          r.tableName(table.name())
                              .key(DynamoDbItem.conversationKey(id))
                              .updateExpression("SET title = :title")
                              .conditionExpression("#owner = :owner")
                              .expressionAttributeNames(DynamoDbSchema.OWNER_NAME)
                              .expressionAttributeValues(
                                  Map.of(":title", s(title), ":owner", s(owner.value())))
                              .returnValues(ReturnValue.ALL_NEW)));
      return conversation(answer.attributes());
    } catch (ConditionalCheckFailedException unknownOrForeign) {
      return null;
    }
  }

  @Override
  public TurnPage scan(String owners, @Nullable Place after, int limit) {
    return DynamoDbTurnScan.page(table, owners, after, limit);
  }

  @Override
  public Page list(OwnerId owner, @Nullable Cursor after, int limit) {
    var request =
        QueryRequest.builder()
            .tableName(table.name())
            .indexName(DynamoDbSchema.BY_OWNER)
            .keyConditionExpression("#owner = :owner")
            .expressionAttributeNames(DynamoDbSchema.OWNER_NAME)
            .expressionAttributeValues(Map.of(":owner", s(owner.value())))
            .scanIndexForward(false)
            .limit(limit + 1)
            .exclusiveStartKey(after == null ? null : startKey(owner, after))
            .build();
    var answer =
        table.call("list the conversations of an owner", () -> table.client().query(request));
    var found = answer.items().stream().map(DynamoDbConversationStore::conversation).toList();
    // one more than wanted tells whether this is the last page; DynamoDB itself does not know
    var items = found.subList(0, Math.min(limit, found.size()));
    var isLast = found.size() <= limit && !answer.hasLastEvaluatedKey();
    return new Page(List.copyOf(items), isLast ? null : cursor(items));
  }

  private static Map<String, AttributeValue> startKey(OwnerId owner, Cursor after) {
    var key = new HashMap<>(DynamoDbItem.conversationKey(after.id()));
    key.put(DynamoDbSchema.OWNER, s(owner.value()));
    key.put(DynamoDbSchema.UPDATED_AT, n(after.updatedAtMillis()));
    return key;
  }

  private static @Nullable Cursor cursor(List<Conversation> items) {
    if (items.isEmpty()) {
      return null;
    }
    var last = items.getLast();
    return new Cursor(last.updatedAt().toEpochMilli(), last.id());
  }

  private static Conversation conversation(Map<String, AttributeValue> item) {
    return new Conversation(
        DynamoDbItem.conversation(item),
        new OwnerId(DynamoDbItem.text(item, DynamoDbSchema.OWNER)),
        DynamoDbItem.text(item, "title"),
        (int) DynamoDbItem.number(item, "lastTurn"),
        DynamoDbItem.instant(item, "createdAt"),
        DynamoDbItem.instant(item, DynamoDbSchema.UPDATED_AT));
  }
}
