package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.at;
import static dev.prosa.core.turn.DynamoDbItem.n;
import static dev.prosa.core.turn.DynamoDbItem.s;

import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Writes conversation, turn and idempotency key in one transaction. The AWS SDK repeats a
/// transaction whose answer was lost with the same request token, so it is applied once.
final class DynamoDbAcceptance {

  /// How long a key is remembered: promise P4.
  private static final Duration KEY_LIFE = Duration.ofHours(24);

  /// When the sweeper looks at a turn whose poke may have been lost.
  static final Duration FIRST_LOOK = Duration.ofSeconds(15);

  /// A try fails because another message got into the conversation first, so as many messages as
  /// this may come at once.
  private static final int TRIES = 20;

  private static final int TITLE_LENGTH = 60;
  private static final String REFUSED = "ConditionalCheckFailed";

  private final DynamoDbTable table;
  private final DynamoDbTurnStore turns;
  private final InstantSource clock;

  DynamoDbAcceptance(DynamoDbTable table, DynamoDbTurnStore turns, InstantSource clock) {
    this.table = table;
    this.turns = turns;
    this.clock = clock;
  }

  AcceptOutcome accept(NewTurn request) {
    TransactionCanceledException last = null;
    for (int i = 0; i < TRIES; i++) {
      var target = reading(() -> target(request));
      if (target == null) {
        return new AcceptOutcome.UnknownConversation();
      }
      try {
        return write(request, target);
      } catch (TransactionCanceledException cancelled) {
        last = cancelled;
        var earlier = reading(() -> earlierUse(request, cancelled.cancellationReasons()));
        if (earlier != null) {
          return earlier;
        }
      }
    }
    throw new StoreUnavailableException("cannot append to a conversation in heavy use", last)
        .beforeWriting();
  }

  /// Reads while it is certain that nothing is written: before the first try, or after one that was
  /// refused.
  private static <T extends @Nullable Object> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (StoreUnavailableException e) {
      throw e.beforeWriting();
    }
  }

  /// The job the turn would get; null when the conversation is not the caller's.
  private @Nullable JobId target(NewTurn request) {
    var id = request.conversation();
    if (id == null) {
      return new JobId(ConversationId.create(), 1);
    }
    var meta = table.find("read " + id, DynamoDbItem.conversationKey(id));
    if (meta == null
        || DynamoDbItem.isTombstone(meta)
        || !DynamoDbItem.text(meta, DynamoDbSchema.OWNER).equals(request.owner().value())) {
      return null;
    }
    return new JobId(id, (int) DynamoDbItem.number(meta, "lastTurn") + 1);
  }

  private AcceptOutcome write(NewTurn request, JobId job) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var item = turnItem(request, job, now);
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(job.turn() == 1 ? newConversation(request, job, now) : nextTurn(job, now));
    writes.add(putIfAbsent(item));
    if (request.idempotency() != null) {
      writes.add(key(request.owner(), request.idempotency(), job, now));
    }
    table.call(
        "append to " + job.conversation(),
        () -> table.client().transactWriteItems(r -> r.transactItems(writes)));
    return new AcceptOutcome.Accepted(DynamoDbItem.turn(item));
  }

  private Map<String, AttributeValue> turnItem(NewTurn request, JobId job, Instant now) {
    var item = new HashMap<>(DynamoDbItem.turnKey(job));
    item.put("jobId", s(job.value()));
    item.put(DynamoDbSchema.OWNER, s(request.owner().value()));
    item.put("prompt", s(request.prompt()));
    item.put("state", s("ACCEPTED"));
    item.put("attempt", n(0));
    item.put("spent", n(0));
    item.put("createdAt", at(now));
    item.put("deadline", at(now.plus(request.timeToAnswer())));
    item.put(DynamoDbSchema.SHARD, DynamoDbItem.shard(job));
    item.put(DynamoDbSchema.WAKE_AT, at(now.plus(FIRST_LOOK)));
    if (request.traceparent() != null) {
      item.put("traceparent", s(request.traceparent()));
    }
    if (request.model() != null) {
      item.put(DynamoDbItem.ASKED_MODEL, s(request.model()));
    }
    if (request.promptName() != null) {
      item.put(DynamoDbItem.ASKED_PROMPT, s(request.promptName()));
    }
    if (request.reservation() != null) {
      item.put(DynamoDbItem.RESERVATION, s(request.reservation()));
    }
    return item;
  }

  private TransactWriteItem newConversation(NewTurn request, JobId job, Instant now) {
    var item = new HashMap<>(DynamoDbItem.conversationKey(job.conversation()));
    item.put(DynamoDbSchema.OWNER, s(request.owner().value()));
    item.put("title", s(title(request.prompt())));
    item.put("lastTurn", n(1));
    item.put("createdAt", at(now));
    item.put(DynamoDbSchema.UPDATED_AT, at(now));
    return putIfAbsent(item);
  }

  private TransactWriteItem nextTurn(JobId job, Instant now) {
    return TransactWriteItem.builder()
        .update(u ->
            u.tableName(table.name())
                .key(DynamoDbItem.conversationKey(job.conversation()))
                .updateExpression("SET lastTurn = :turn, updatedAt = :now")
                .conditionExpression("lastTurn = :before")
                .expressionAttributeValues(
                    Map.of(
                        ":turn", n(job.turn()),
                        ":before", n(job.turn() - 1L),
                        ":now", at(now))))
        .build();
  }

  private TransactWriteItem putIfAbsent(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(p ->
            p.tableName(table.name()).item(item).conditionExpression("attribute_not_exists(PK)"))
        .build();
  }

  private TransactWriteItem key(
      OwnerId owner, NewTurn.Idempotency idempotency, JobId job, Instant now) {
    var item = new HashMap<>(DynamoDbItem.idempotencyKey(owner, idempotency.key()));
    item.put("jobId", s(job.value()));
    item.put("bodyHash", s(idempotency.bodyHash()));
    item.put("expiresAt", n(now.plus(KEY_LIFE).getEpochSecond()));
    return TransactWriteItem.builder()
        .put(p ->
            p.tableName(table.name())
                .item(item)
                .conditionExpression("attribute_not_exists(PK) OR expiresAt < :now")
                .expressionAttributeValues(Map.of(":now", n(now.getEpochSecond()))))
        .build();
  }

  /// What the first request with this key became; null when the key was not the obstacle.
  private @Nullable AcceptOutcome earlierUse(NewTurn request, List<CancellationReason> reasons) {
    return request.idempotency() != null && REFUSED.equals(reasons.getLast().code())
        ? earlier(request)
        : null;
  }

  @Nullable AcceptOutcome earlier(NewTurn request) {
    var idempotency = request.idempotency();
    if (idempotency == null) {
      return null;
    }
    var item =
        table.find(
            "read an idempotency key",
            DynamoDbItem.idempotencyKey(request.owner(), idempotency.key()));
    if (item == null || DynamoDbItem.number(item, "expiresAt") < clock.instant().getEpochSecond()) {
      return null;
    }
    if (!DynamoDbItem.text(item, "bodyHash").equals(idempotency.bodyHash())) {
      return new AcceptOutcome.KeyConflict();
    }
    var job = JobId.parse(DynamoDbItem.text(item, "jobId"));
    var turn = job == null ? null : turns.find(job);
    // accepting it again would bring back what its owner erased
    return turn == null
        ? new AcceptOutcome.UnknownConversation()
        : new AcceptOutcome.Replayed(turn);
  }

  /// The first line of the prompt, cut at [#TITLE_LENGTH] characters.
  static String title(String prompt) {
    var line = prompt.strip().lines().findFirst().orElse("").strip();
    var end =
        line.offsetByCodePoints(0, Math.min(TITLE_LENGTH, line.codePointCount(0, line.length())));
    return end < line.length() ? line.substring(0, end) + "…" : line;
  }
}
