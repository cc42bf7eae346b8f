package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.at;
import static dev.prosa.core.turn.DynamoDbItem.n;
import static dev.prosa.core.turn.DynamoDbItem.s;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Makes a tombstone of a `META` item and deletes what lies beside it. No other write creates a
/// turn without a condition on that item, and none changes one that is gone, so whatever was not
/// there when the tombstone was is never there again; see docs/decisions/0014.
final class DynamoDbErasures implements Erasures {

  private static final int MAX_TURNS = 25;
  private static final int NEWEST = Integer.MAX_VALUE;

  /// A tombstone is in the index of what must be looked at, and in no list of an owner.
  private static final String BURY =
      "SET erasedAt = :now, erasedBy = :token, #shard = :shard, wakeAt = :look"
          + " REMOVE #owner, title, lastTurn, createdAt, updatedAt";

  private final DynamoDbTable table;
  private final TurnStore turns;
  private final InstantSource clock;

  DynamoDbErasures(DynamoDbTable table, TurnStore turns, InstantSource clock) {
    this.table = table;
    this.turns = turns;
    this.clock = clock;
  }

  @Override
  public boolean begin(OwnerId owner, ConversationId conversation) {
    var token = RandomId.create().value();
    var request = burial(owner, conversation, token);
    try {
      table.call("begin to erase " + conversation, () -> table.client().updateItem(request));
      return true;
    } catch (ConditionalCheckFailedException refused) {
      // the SDK repeats a write whose answer was lost
      return token.equals(DynamoDbItem.textOrNull(refused.item(), "erasedBy"));
    }
  }

  private UpdateItemRequest burial(OwnerId owner, ConversationId conversation, String token) {
    var now = clock.instant();
    return UpdateItemRequest.builder()
        .tableName(table.name())
        .key(DynamoDbItem.conversationKey(conversation))
        .updateExpression(BURY)
        .conditionExpression("#owner = :owner")
        .expressionAttributeNames(
            Map.of("#owner", DynamoDbSchema.OWNER, "#shard", DynamoDbSchema.SHARD))
        .expressionAttributeValues(
            Map.of(
                ":owner", s(owner.value()),
                ":now", at(now),
                ":token", s(token),
                ":shard", n(DynamoDbSchema.ERASING),
                ":look", at(now.plus(FIRST_LOOK))))
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  /// Open turns go first, one by one: a worker may take one that is still there, and what it was
  /// when it went says who settles it.
  @Override
  public List<Turn> removeTurns(ConversationId conversation) {
    var found = turns.turns(conversation, NEWEST, MAX_TURNS);
    var removed =
        found.stream().map(turn -> turn.state().isOpen() ? removeOpen(turn) : turn).toList();
    table.write(
        "erase turns of " + conversation,
        found.stream()
            .filter(turn -> !turn.state().isOpen())
            .map(turn -> DynamoDbTable.deletion(DynamoDbItem.turnKey(turn.job())))
            .toList());
    return removed;
  }

  /// One that somebody else deleted, or an earlier try whose answer was lost, counts as one that is
  /// answered: a worker may have had it.
  private Turn removeOpen(Turn seen) {
    var key = DynamoDbItem.turnKey(seen.job());
    var last =
        table
            .call(
                "erase " + seen.job(),
                () ->
                    table
                        .client()
                        .deleteItem(r ->
                            r.tableName(table.name()).key(key).returnValues(ReturnValue.ALL_OLD)))
            .attributes();
    return last.isEmpty()
        ? seen.with(new TurnState.Running(new Lease("", clock.instant())))
        : DynamoDbItem.turn(last);
  }

  @Override
  public boolean removeKeys(OwnerId owner) {
    return table.deleteSome("erase the keys of an owner", DynamoDbItem.ownerPk(owner), null);
  }

  @Override
  public List<ConversationId> overdueErasures(int limit) {
    return table
        .overdue("look for erasures", DynamoDbSchema.ERASING, clock.instant(), limit)
        .stream()
        .map(DynamoDbItem::conversation)
        .toList();
  }

  @Override
  public boolean postpone(ConversationId conversation, Instant until) {
    return update(
        conversation,
        "SET wakeAt = :until",
        "attribute_exists(erasedAt) AND wakeAt < :now",
        Map.of(":until", at(until), ":now", at(clock.instant())));
  }

  @Override
  public void settle(ConversationId conversation) {
    var meta = table.find("read " + conversation, DynamoDbItem.conversationKey(conversation));
    if (meta == null || !DynamoDbItem.isTombstone(meta)) {
      return;
    }
    var last = DynamoDbItem.instant(meta, DynamoDbSchema.ERASED_AT).plus(LAST_LOOK);
    if (clock.instant().isAfter(last)) {
      table.write(
          "forget " + conversation,
          List.of(DynamoDbTable.deletion(DynamoDbItem.conversationKey(conversation))));
    } else {
      var _ =
          update(
              conversation,
              "SET wakeAt = :last",
              "attribute_exists(erasedAt)",
              Map.of(":last", at(last)));
    }
  }

  private boolean update(
      ConversationId conversation,
      String set,
      String condition,
      Map<String, AttributeValue> values) {
    try {
      table.call(
          "look after the erasure of " + conversation,
          () ->
              table
                  .client()
                  .updateItem(r ->
                      r.tableName(table.name())
                          .key(DynamoDbItem.conversationKey(conversation))
                          .updateExpression(set)
                          .conditionExpression(condition)
                          .expressionAttributeValues(values)));
      return true;
    } catch (ConditionalCheckFailedException takenCareOf) {
      return false;
    }
  }
}
