package dev.prosa.core.turn;

import static dev.prosa.core.turn.DynamoDbItem.at;
import static dev.prosa.core.turn.DynamoDbItem.n;
import static dev.prosa.core.turn.DynamoDbItem.s;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Every change of a turn is one conditional `UpdateItem`, and a refused one brings the item back,
/// so that a call repeated after a lost answer recognises what it did itself.
final class DynamoDbTurnStore implements TurnStore {

  private static final Map<String, String> STATE = Map.of("#state", "state");
  private static final String IS_OPEN = "#state IN (:accepted, :running)";
  private static final String HELD_BY_CALLER =
      "#state = :running AND attempt = :attempt AND leaseOwner = :token";

  private final DynamoDbTable table;
  private final DynamoDbAcceptance acceptance;
  private final InstantSource clock;

  DynamoDbTurnStore(DynamoDbTable table, InstantSource clock) {
    this.table = table;
    this.acceptance = new DynamoDbAcceptance(table, this, clock);
    this.clock = clock;
  }

  @Override
  public AcceptOutcome accept(NewTurn request) {
    return acceptance.accept(request);
  }

  @Override
  public @Nullable AcceptOutcome earlier(NewTurn request) {
    return acceptance.earlier(request);
  }

  @Override
  public @Nullable Turn find(JobId job) {
    var item = table.find("read " + job, DynamoDbItem.turnKey(job));
    return item == null || isErased(job) ? null : DynamoDbItem.turn(item);
  }

  /// A turn outlives its conversation by a moment, or until the sweeper comes when whoever erased
  /// it died; nobody shall see it meanwhile.
  private boolean isErased(JobId job) {
    var meta =
        table.find("read " + job.conversation(), DynamoDbItem.conversationKey(job.conversation()));
    return meta == null || DynamoDbItem.isTombstone(meta);
  }

  @Override
  public ClaimOutcome claim(JobId job, Claim claim) {
    var now = clock.instant();
    var values = openStates();
    values.put(":token", s(claim.token()));
    values.put(":until", at(now.plus(claim.lease())));
    values.put(":now", at(now));
    values.put(":one", n(1));
    values.put(":max", n(claim.maxAttempts()));
    try {
      return new ClaimOutcome.Claimed(
          update(
              job,
              "SET #state = :running, attempt = attempt + :one, spent = spent + :one,"
                  + " leaseOwner = :token, leaseUntil = :until, wakeAt = :until REMOVE notBefore",
              IS_OPEN
                  + " AND spent < :max"
                  + " AND (attribute_not_exists(leaseUntil) OR leaseUntil <= :now)"
                  + " AND (attribute_not_exists(notBefore) OR notBefore <= :now)",
              values));
    } catch (ConditionalCheckFailedException refused) {
      var found = found(refused);
      return found == null ? new ClaimOutcome.Missing() : whyNotClaimed(found, claim, now);
    }
  }

  private static ClaimOutcome whyNotClaimed(Turn found, Claim claim, Instant now) {
    return switch (found.state()) {
      case TurnState.Final _ -> new ClaimOutcome.AlreadyFinal(found);
      case TurnState.Running(Lease lease) when lease.token().equals(claim.token()) ->
          new ClaimOutcome.Claimed(found);
      case TurnState.Running(Lease lease) when lease.until().isAfter(now) ->
          new ClaimOutcome.Busy(lease.until());
      case TurnState.Accepted(Instant notBefore) when notBefore != null && notBefore.isAfter(now) ->
          new ClaimOutcome.Busy(notBefore);
      case TurnState.Accepted _, TurnState.Running _ -> new ClaimOutcome.Exhausted(found);
    };
  }

  @Override
  public Renewal renew(Turn claimed, Duration lease) {
    var values = heldByCaller(claimed);
    values.put(":until", at(clock.instant().plus(lease)));
    try {
      var turn =
          update(claimed.job(), "SET leaseUntil = :until, wakeAt = :until", HELD_BY_CALLER, values);
      return turn.cancelRequested() ? Renewal.CANCEL_REQUESTED : Renewal.HELD;
    } catch (ConditionalCheckFailedException lost) {
      return Renewal.LOST;
    }
  }

  @Override
  public boolean release(Turn claimed, Instant notBefore, boolean forgive) {
    var values = heldByCaller(claimed);
    values.put(":accepted", s("ACCEPTED"));
    values.put(":notBefore", at(notBefore));
    values.put(":forgiven", n(forgive ? 1 : 0));
    try {
      update(
          claimed.job(),
          "SET #state = :accepted, notBefore = :notBefore, wakeAt = :notBefore,"
              + " spent = spent - :forgiven REMOVE leaseOwner, leaseUntil",
          HELD_BY_CALLER,
          values);
      return true;
    } catch (ConditionalCheckFailedException refused) {
      var found = found(refused);
      return found != null
          && found.attempt() == claimed.attempt()
          && found.state() instanceof TurnState.Accepted;
    }
  }

  @Override
  public FinishOutcome finish(Turn seen, TurnState.Final end) {
    var finish = DynamoDbFinish.of(seen, end, clock.instant());
    var values = openStates();
    values.putAll(finish.values());
    try {
      return new FinishOutcome.Finished(
          update(
              seen.job(),
              finish.update(),
              IS_OPEN + " AND " + finish.condition(),
              values,
              finish.names()));
    } catch (ConditionalCheckFailedException refused) {
      var found = found(refused);
      return found != null && isMine(refused, finish.finisher()) && found.state().equals(end)
          ? new FinishOutcome.Finished(found)
          : new FinishOutcome.Beaten(found);
    }
  }

  /// Whoever reads a held turn may end it by the lease it read, so the lease alone does not tell
  /// whose end it was; the end itself has to be the same, too.
  private static boolean isMine(ConditionalCheckFailedException refused, String finisher) {
    return finisher.equals(DynamoDbItem.textOrNull(refused.item(), "finishedBy"));
  }

  @Override
  public ReopenOutcome reopen(JobId job, Duration timeToAnswer) {
    var reopening = DynamoDbReopening.of(job, timeToAnswer, clock.instant());
    try {
      return new ReopenOutcome.Reopened(
          update(
              job,
              DynamoDbReopening.UPDATE,
              DynamoDbReopening.CONDITION,
              reopening.values(),
              DynamoDbSchema.SHARD_NAME));
    } catch (ConditionalCheckFailedException refused) {
      var found = found(refused);
      if (found == null) {
        return new ReopenOutcome.Missing();
      }
      return reopening.made(refused.item())
          ? new ReopenOutcome.Reopened(found)
          : new ReopenOutcome.NotFailed(found);
    }
  }

  @Override
  public @Nullable Turn requestCancel(JobId job) {
    var values = openStates();
    values.put(":yes", DynamoDbItem.yes());
    try {
      return update(job, "SET cancelRequested = :yes", IS_OPEN, values);
    } catch (ConditionalCheckFailedException refused) {
      return found(refused);
    }
  }

  @Override
  public List<Turn> turns(ConversationId conversation, int newest, int limit) {
    var values =
        Map.of(
            ":pk", DynamoDbItem.conversationPk(conversation),
            ":first", DynamoDbItem.turnSk(1),
            ":newest", DynamoDbItem.turnSk(newest));
    var page =
        table.call(
            "read the turns of " + conversation,
            () ->
                table
                    .client()
                    .query(r ->
                        r.tableName(table.name())
                            .keyConditionExpression("PK = :pk AND SK BETWEEN :first AND :newest")
                            .expressionAttributeValues(values)
                            .scanIndexForward(false)
                            .consistentRead(true)
                            .limit(limit)));
    return page.items().stream().map(DynamoDbItem::turn).collect(Collectors.toUnmodifiableList());
  }

  private Turn update(JobId job, String set, String condition, Map<String, AttributeValue> values) {
    return update(job, set, condition, values, Map.of());
  }

  private Turn update(
      JobId job,
      String set,
      String condition,
      Map<String, AttributeValue> values,
      Map<String, String> moreNames) {
    var names = new HashMap<>(STATE);
    names.putAll(moreNames);
    var request =
        UpdateItemRequest.builder()
            .tableName(table.name())
            .key(DynamoDbItem.turnKey(job))
            .updateExpression(set)
            .conditionExpression(condition)
            .expressionAttributeNames(names)
            .expressionAttributeValues(values)
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    var answer = table.call("change " + job, () -> table.client().updateItem(request));
    return DynamoDbItem.turn(answer.attributes());
  }

  private static @Nullable Turn found(ConditionalCheckFailedException refused) {
    return refused.hasItem() && !refused.item().isEmpty()
        ? DynamoDbItem.turn(refused.item())
        : null;
  }

  private static Map<String, AttributeValue> openStates() {
    var values = new HashMap<String, AttributeValue>();
    values.put(":accepted", s("ACCEPTED"));
    values.put(":running", s("RUNNING"));
    return values;
  }

  private static Map<String, AttributeValue> heldByCaller(Turn claimed) {
    if (!(claimed.state() instanceof TurnState.Running(Lease lease))) {
      throw new IllegalArgumentException(claimed.job() + " was never claimed");
    }
    var values = new HashMap<String, AttributeValue>();
    values.put(":running", s("RUNNING"));
    values.put(":attempt", n(claimed.attempt()));
    values.put(":token", s(lease.token()));
    return values;
  }
}
