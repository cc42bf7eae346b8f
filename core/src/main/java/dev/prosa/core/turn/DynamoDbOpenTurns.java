package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.at;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Reads the sparse index of open turns, shard by shard.
final class DynamoDbOpenTurns implements OpenTurns {

  private static final int PER_SHARD = Glance.MOST_GLANCED / DynamoDbSchema.SHARDS;

  /// Later than any `wakeAt`, in milliseconds of the epoch.
  private static final long FOREVER = 1L << 50;

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
    return table.overdue("look for open turns", shard, clock.instant(), limit).stream()
        .map(DynamoDbItem::job)
        .toList();
  }

  /// Those that are to be looked at first, of every shard as many.
  @Override
  public Glance glance() {
    var keys = new ArrayList<Map<String, AttributeValue>>();
    var whole = true;
    for (int shard = 0; shard < DynamoDbSchema.SHARDS; shard++) {
      var found =
          table.overdue("glance at open turns", shard, Instant.ofEpochMilli(FOREVER), PER_SHARD);
      found.forEach(item -> keys.add(DynamoDbItem.turnKey(DynamoDbItem.job(item))));
      whole &= found.size() < PER_SHARD;
    }
    var open =
        table.findAll("glance at open turns", keys).stream()
            .map(DynamoDbItem::turn)
            .filter(turn -> turn.state().isOpen())
            .toList();
    return new Glance(open, whole);
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
