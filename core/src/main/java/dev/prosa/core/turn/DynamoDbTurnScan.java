package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.s;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// One page of a scan of the table, which goes by the hash of the partition keys.
final class DynamoDbTurnScan {

  /// Beside a turn there are its call, its idempotency key and the like: a request looks at so many
  /// items for each turn that is wanted. It also ends behind 1 MB (Amazon DynamoDB Developer Guide,
  /// "Scan").
  private static final int LOOKS = 4;

  private DynamoDbTurnScan() {}

  static ConversationStore.TurnPage page(
      DynamoDbTable table, String owners, ConversationStore.@Nullable Place after, int limit) {
    var found = new ArrayList<Turn>();
    var start = after == null ? null : key(after);
    do {
      var request = request(table, owners, start).limit(LOOKS * limit).build();
      var answer = table.call("look through all turns", () -> table.client().scan(request));
      answer.items().stream().map(DynamoDbItem::turn).forEach(found::add);
      start = answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : null;
      // a page must not end at an item of a user, whom its cursor would name
    } while (start != null && found.size() <= limit && !DynamoDbItem.isOfConversation(start));
    return found.size() > limit
        ? new ConversationStore.TurnPage(
            List.copyOf(found.subList(0, limit)), place(found.get(limit - 1).job()))
        : new ConversationStore.TurnPage(List.copyOf(found), start == null ? null : place(start));
  }

  private static ScanRequest.Builder request(
      DynamoDbTable table, String owners, @Nullable Map<String, AttributeValue> start) {
    var filter = "begins_with(SK, :turn)";
    var values = new HashMap<String, AttributeValue>();
    values.put(":turn", s(DynamoDbItem.TURN));
    var request =
        ScanRequest.builder().tableName(table.name()).exclusiveStartKey(start).consistentRead(true);
    if (!owners.isEmpty()) {
      filter += " AND begins_with(#owner, :owners)";
      values.put(":owners", s(owners));
      request.expressionAttributeNames(DynamoDbSchema.OWNER_NAME);
    }
    return request.filterExpression(filter).expressionAttributeValues(values);
  }

  /// Turns come last in their conversation, so behind any other item of it all turns are still to
  /// come.
  private static ConversationStore.Place place(Map<String, AttributeValue> key) {
    return DynamoDbItem.text(key, DynamoDbSchema.SK).startsWith(DynamoDbItem.TURN)
        ? place(DynamoDbItem.job(key))
        : new ConversationStore.Place(DynamoDbItem.conversation(key), 0);
  }

  private static ConversationStore.Place place(JobId job) {
    return new ConversationStore.Place(job.conversation(), job.turn());
  }

  private static Map<String, AttributeValue> key(ConversationStore.Place place) {
    return place.turn() == 0
        ? DynamoDbItem.conversationKey(place.conversation())
        : DynamoDbItem.turnKey(new JobId(place.conversation(), place.turn()));
  }
}
