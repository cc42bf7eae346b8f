package dev.prosa.core.usage;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// One item for each call, in the partition of its conversation.
final class DynamoDbCallLedger implements CallLedger {

  private static final String SUMMED =
      String.join(
          ", ",
          DynamoDbCallItem.PROMPT_TOKENS,
          DynamoDbCallItem.COMPLETION_TOKENS,
          DynamoDbCallItem.ESTIMATED,
          DynamoDbCallItem.COST_NANOS);

  private final DynamoDbTable table;

  DynamoDbCallLedger(DynamoDbTable table) {
    this.table = table;
  }

  @Override
  public void record(Collection<ModelCall> calls) {
    // a batch that names an item twice is refused as a whole
    var latest = new LinkedHashMap<ModelCall.Id, ModelCall>();
    calls.forEach(call -> latest.put(call.id(), call));
    var writes = latest.values().stream().map(DynamoDbCallLedger::put).toList();
    table.write("write %d calls down".formatted(writes.size()), writes);
  }

  private static WriteRequest put(ModelCall call) {
    return WriteRequest.builder().putRequest(p -> p.item(DynamoDbCallItem.of(call))).build();
  }

  @Override
  public List<ModelCall> ofJob(JobId job) {
    var calls = new ArrayList<ModelCall>();
    forEach(
        job.conversation(),
        DynamoDbCallItem.prefix(job),
        null,
        item -> calls.add(DynamoDbCallItem.call(job.conversation(), item)));
    return List.copyOf(calls);
  }

  @Override
  public CallTotals ofConversation(ConversationId conversation) {
    var sum = new Sum();
    forEach(conversation, DynamoDbCallItem.PREFIX, SUMMED, sum::add);
    return sum.totals;
  }

  @Override
  public boolean removeSome(ConversationId conversation) {
    return table.deleteSome(
        "erase the calls of " + conversation,
        DynamoDbTable.partition(conversation),
        DynamoDbCallItem.PREFIX);
  }

  private static final class Sum {

    private CallTotals totals = CallTotals.NONE;

    private void add(Map<String, AttributeValue> item) {
      Usage usage = DynamoDbCallItem.usage(item);
      totals =
          totals.plus(usage, DynamoDbCallItem.isEstimated(item), DynamoDbCallItem.costNanos(item));
    }
  }

  /// Reads page by page: a page is at most 1 MB (Amazon DynamoDB Developer Guide, "Query").
  ///
  /// @param projection the attributes that are wanted; null for all
  private void forEach(
      ConversationId conversation,
      String prefix,
      @Nullable String projection,
      Consumer<Map<String, AttributeValue>> reader) {
    var values =
        Map.of(
            ":pk", DynamoDbTable.partition(conversation), ":prefix", AttributeValue.fromS(prefix));
    var request =
        QueryRequest.builder()
            .tableName(table.name())
            .keyConditionExpression("PK = :pk AND begins_with(SK, :prefix)")
            .expressionAttributeValues(values)
            .projectionExpression(projection)
            .consistentRead(true)
            .build();
    table.call(
        "read the calls of " + conversation,
        () -> {
          table.client().queryPaginator(request).items().forEach(reader);
          return conversation;
        });
  }
}
