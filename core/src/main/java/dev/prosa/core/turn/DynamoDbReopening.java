package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.at;
import static dev.prosa.core.turn.DynamoDbItem.n;
import static dev.prosa.core.turn.DynamoDbItem.s;

import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The one write that makes a failed turn as good as new, but for the number of its attempt.
///
/// @param token marks the item as reopened by this call
/// @param values of the expressions
record DynamoDbReopening(String token, Map<String, AttributeValue> values) {

  static final String UPDATE =
      "SET #state = :accepted, attempt = attempt + :one, spent = :zero, deadline = :deadline,"
          + " #shard = :shard, wakeAt = :look, reopenedBy = :token"
          + " REMOVE errorCode, provider, finishedBy, cancelRequested, notBefore,"
          + " leaseOwner, leaseUntil";

  static final String CONDITION = "#state = :failed";

  static DynamoDbReopening of(JobId job, Duration timeToAnswer, Instant now) {
    var token = RandomId.create().value();
    return new DynamoDbReopening(
        token,
        Map.of(
            ":accepted", s("ACCEPTED"),
            ":failed", s("FAILED"),
            ":one", n(1),
            ":zero", n(0),
            ":deadline", at(now.plus(timeToAnswer)),
            ":shard", DynamoDbItem.shard(job),
            ":look", at(now.plus(DynamoDbAcceptance.FIRST_LOOK)),
            ":token", s(token)));
  }

  /// Whether `item` was reopened by this very call: its answer was lost, and it was repeated.
  boolean made(Map<String, AttributeValue> item) {
    return token.equals(DynamoDbItem.textOrNull(item, "reopenedBy"));
  }
}
