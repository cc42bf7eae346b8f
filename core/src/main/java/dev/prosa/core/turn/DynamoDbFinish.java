package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.at;
import static dev.prosa.core.turn.DynamoDbItem.n;
import static dev.prosa.core.turn.DynamoDbItem.s;

import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The one write that ends a turn.
///
/// @param finisher marks the item as ended by this caller
/// @param update the update expression
/// @param condition holds while the turn is as the caller saw it
/// @param names of the attributes in both
/// @param values in both
record DynamoDbFinish(
    String finisher,
    String update,
    String condition,
    Map<String, String> names,
    Map<String, AttributeValue> values) {

  /// How long after its end the sweeper asks whether a failed turn is in the dead-letter queue.
  private static final Duration TIME_TO_SETTLE = Duration.ofSeconds(15);

  /// @param seen the turn as the caller claimed or read it
  static DynamoDbFinish of(Turn seen, TurnState.Final end, Instant now) {
    var lease = seen.state() instanceof TurnState.Running(Lease held) ? held : null;
    var finisher = lease == null ? RandomId.create().value() : lease.token();
    var names = new HashMap<String, String>();
    var values = new HashMap<String, AttributeValue>();
    values.put(":attempt", n(seen.attempt()));
    values.put(":finisher", s(finisher));
    var set = new StringBuilder("SET finishedBy = :finisher");
    DynamoDbItem.attributes(end)
        .forEach((name, value) -> {
          set.append(", #").append(name).append(" = :").append(name);
          names.put("#" + name, name);
          values.put(":" + name, value);
        });
    var remove = " REMOVE leaseOwner, leaseUntil, notBefore";
    if (end instanceof TurnState.Failed) {
      set.append(", wakeAt = :settleBy");
      values.put(":settleBy", at(now.plus(TIME_TO_SETTLE)));
    } else {
      remove += ", #shard, wakeAt";
      names.put("#shard", DynamoDbSchema.SHARD);
    }
    var holder = lease == null ? "attribute_not_exists(leaseOwner)" : "leaseOwner = :finisher";
    return new DynamoDbFinish(
        finisher, set + remove, "attempt = :attempt AND " + holder, names, values);
  }
}
