package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.at;
import static dev.prosa.core.turn.DynamoDbItem.n;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Reads the sparse index of open turns, shard by shard.
final class DynamoDbOpenTurns implements OpenTurns {

  private final DynamoDbTable table;
  private final InstantSource clock;

  DynamoDbOpenTurns(DynamoDbTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  @Override
  public List<JobId> overdue(int limit) {
    var found = new ArrayList<JobId>();
    for (int shard = 0; shard < DynamoDbSchema.SHARDS && found.size() < limit; shard++) {
      found.addAll(overdue(shard, limit - found.size()));
    }
    return List.copyOf(found);
  }

  private List<JobId> overdue(int shard, int limit) {
    var values = Map.of(":shard", n(shard), ":now", at(clock.instant()));
    var answer =
        table.call(
            "look for open turns",
            () ->
                table
                    .client()
                    .query(r ->
                        r.tableName(table.name())
                            .indexName(DynamoDbSchema.OPEN)
                            .keyConditionExpression("#shard = :shard AND wakeAt < :now")
                            .expressionAttributeNames(DynamoDbSchema.SHARD_NAME)
                            .expressionAttributeValues(values)
                            .limit(limit)));
    return answer.items().stream().map(DynamoDbItem::job).toList();
  }

  @Override
  public boolean postpone(JobId job, Instant until) {
    try {
      table.call(
          "postpone " + job,
          () ->
              table
                  .client()
                  .updateItem(r ->
                      r.tableName(table.name())
                          .key(DynamoDbItem.turnKey(job))
                          .updateExpression("SET wakeAt = :until")
                          .conditionExpression("wakeAt < :now")
                          .expressionAttributeValues(
                              Map.of(":until", at(until), ":now", at(clock.instant())))));
      return true;
    } catch (ConditionalCheckFailedException takenCareOf) {
      return false;
    }
  }

  @Override
  public void settle(Turn failed) {
    try {
      removeFromIndex(failed);
    } catch (ConditionalCheckFailedException notFailedAnyMore) {
      return; // redriven or erased since, so it is looked after by others
    }
  }

  private void removeFromIndex(Turn failed) {
    table.call(
        "settle " + failed.job(),
        () ->
            table
                .client()
                .updateItem(r ->
                    r.tableName(table.name())
                        .key(DynamoDbItem.turnKey(failed.job()))
                        .updateExpression("REMOVE #shard, wakeAt")
                        .conditionExpression("#state = :failed AND attempt = :attempt")
                        .expressionAttributeNames(
                            Map.of("#shard", DynamoDbSchema.SHARD, "#state", "state"))
                        .expressionAttributeValues(
                            Map.of(
                                ":failed", DynamoDbItem.s("FAILED"),
                                ":attempt", DynamoDbItem.n(failed.attempt())))));
  }
}
