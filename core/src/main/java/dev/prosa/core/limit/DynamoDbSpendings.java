package dev.prosa.core.limit;

import dev.prosa.core.turn.DynamoDbTable;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// One item for each scope and day: `PK=SPENT#<scope>`, `SK=DAY#<day>`. It is not beside what
/// belongs to the user, who could erase it.
final class DynamoDbSpendings implements Spendings {

  /// After the day nobody asks any more; the rest is for clocks that differ.
  private static final Duration LIFE = Duration.ofDays(3);

  private static final String NOT_LESS =
      "attribute_not_exists(tokens) OR (tokens <= :tokens AND costNanos <= :nanos)";

  private final DynamoDbTable table;

  DynamoDbSpendings(DynamoDbTable table) {
    this.table = table;
  }

  @Override
  public Amount find(Scope scope, long day) {
    var item =
        table.call(
            "read what was spent",
            () ->
                table
                    .client()
                    .getItem(
                        r -> r.tableName(table.name()).key(key(scope, day)).consistentRead(true))
                    .item());
    return new Amount(number(item, "tokens"), number(item, "costNanos"));
  }

  @Override
  public void atLeast(Scope scope, long day, Amount spent) {
    var values =
        Map.of(
            ":tokens", n(spent.tokens()),
            ":nanos", n(spent.costNanos()),
            ":end", n(Duration.ofDays(day).plus(LIFE).toSeconds()));
    try {
      table.call(
          "keep what was spent",
          () ->
              table
                  .client()
                  .updateItem(r ->
                      r.tableName(table.name())
                          .key(key(scope, day))
                          .updateExpression(
                              "SET tokens = :tokens, costNanos = :nanos, expiresAt = :end")
                          .conditionExpression(NOT_LESS)
                          .expressionAttributeValues(values)));
    } catch (ConditionalCheckFailedException moreIsKnown) {
      return; // a later note came first
    }
  }

  private static Map<String, AttributeValue> key(Scope scope, long day) {
    return Map.of(
        "PK", AttributeValue.fromS("SPENT#" + scope), "SK", AttributeValue.fromS("DAY#" + day));
  }

  private static AttributeValue n(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }
}
