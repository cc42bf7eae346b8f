package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.erase.Erasure;
import dev.prosa.core.erase.ErasureOutcome;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.Erasures;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.ModelCall;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What is left in the table.
class DynamoDbErasureTest extends TurnDatabaseContract {

  private static final DynamoDbTable TABLE = Servers.table();

  private final CallLedger calls = CallLedger.dynamoDb(TABLE);
  private final Erasure erasure =
      new Erasure(database.erasures(), calls, Quotas.inMemory(time), ReplyChannel.inMemory());

  DynamoDbErasureTest() {
    super(clock -> TurnDatabase.dynamoDb(TABLE, clock));
  }

  @AfterAll
  static void closeTable() {
    TABLE.close();
  }

  private static List<Map<String, AttributeValue>> items(ConversationId id) {
    return TABLE
        .client()
        .query(r ->
            r.tableName(TABLE.name())
                .keyConditionExpression("PK = :pk")
                .expressionAttributeValues(Map.of(":pk", DynamoDbTable.partition(id)))
                .consistentRead(true))
        .items();
  }

  private static void assertOnlyATombstoneIsLeft(ConversationId id) {
    assertThat(items(id))
        .singleElement()
        .satisfies(item ->
            assertThat(item.keySet())
                .containsExactlyInAnyOrder("PK", "SK", "erasedAt", "erasedBy", "shard", "wakeAt"));
  }

  private void callOf(JobId job) {
    calls.record(
        List.of(
            new ModelCall(
                new ModelCall.Id(job, 1, 1),
                "p",
                "m",
                ModelCall.Outcome.STARTED,
                new Usage(1, 1),
                false,
                1,
                new ModelCall.Timing(Instant.EPOCH, null, Duration.ZERO))));
  }

  @Test
  void a_tombstone_names_nobody_and_goes_in_the_end() {
    var turn = finished();
    var id = turn.job().conversation();
    callOf(turn.job());

    assertThat(erasure.erase(owner, id, () -> true)).isEqualTo(ErasureOutcome.DONE);
    assertOnlyATombstoneIsLeft(id);

    callOf(turn.job());
    time.pass(Erasures.LAST_LOOK.plusMillis(1));
    assertThat(erasure.goOn(id, () -> true)).isTrue();
    erasure.store().settle(id);
    assertThat(items(id)).isEmpty();
  }

  @ParameterizedTest(name = "dies after {0} steps")
  @ValueSource(ints = {0, 1, 2, 3})
  void whoever_dies_half_way_leaves_the_rest_to_others(int steps) {
    var id = accepted().job().conversation();
    for (int i = 0; i < 59; i++) {
      callOf(accepted(id).job());
    }
    var left = new AtomicInteger(steps);

    var outcome = erasure.erase(owner, id, () -> left.getAndDecrement() > 0);

    assertThat(outcome).isEqualTo(ErasureOutcome.BEGUN);
    assertThat(database.conversations().find(id)).isNull();
    assertThat(store.find(new JobId(id, 1))).isNull();
    time.pass(Erasures.FIRST_LOOK.plusMillis(1));
    assertThat(database.erasures().overdueErasures(1000)).contains(id);
    assertThat(erasure.goOn(id, () -> true)).isTrue();
    assertOnlyATombstoneIsLeft(id);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void whatever_runs_meanwhile_brings_nothing_back(long seed) throws InterruptedException {
    var seeds = new Random(seed);
    var first = accepted();
    var id = first.job().conversation();
    for (int i = 0; i < 30; i++) {
      accepted(id);
    }
    var eraser = seeds.nextInt(12);
    var numbers = new AtomicInteger();

    Race.run(
        12,
        () -> {
          var number = numbers.getAndIncrement();
          if (number == eraser) {
            return erasure.erase(owner, id, () -> true) == ErasureOutcome.DONE;
          }
          work(id, new Random(seed * 100 + number));
          return true;
        });

    assertOnlyATombstoneIsLeft(id);
    assertThat(erasure.goOn(id, () -> true)).isTrue();
    assertOnlyATombstoneIsLeft(id);
  }

  /// What workers, sweepers, operators and users do, in any order.
  private void work(ConversationId id, Random random) {
    Turn seen = null;
    for (int i = 0; i < 25; i++) {
      var job = new JobId(id, 1 + random.nextInt(40));
      switch (random.nextInt(8)) {
        case 0 -> {
          var claim = new Claim("t-" + random.nextLong(), LEASE, MAX_ATTEMPTS);
          seen = store.claim(job, claim) instanceof ClaimOutcome.Claimed(Turn turn) ? turn : seen;
        }
        case 1 -> renew(seen);
        case 2 -> end(seen, random);
        case 3 -> store.requestCancel(job);
        case 4 -> store.reopen(job, DEADLINE);
        case 5 -> database.open().postpone(job, in(LEASE));
        case 6 -> database.conversations().rename(owner, id, "Other");
        default -> append(id);
      }
    }
  }

  private void renew(@Nullable Turn seen) {
    if (seen != null) {
      var _ = store.renew(seen, LEASE);
      database.open().settle(seen);
    }
  }

  private void end(@Nullable Turn seen, Random random) {
    if (seen != null && random.nextBoolean()) {
      store.finish(seen, new TurnState.Failed(FailureCode.PROVIDER_TIMEOUT, "p-1"));
    } else if (seen != null) {
      store.release(seen, time.instant(), true);
    }
  }

  private void append(ConversationId id) {
    var outcome = store.accept(message(id, "Hi"));
    assertThat(outcome)
        .isInstanceOfAny(AcceptOutcome.Accepted.class, AcceptOutcome.UnknownConversation.class);
  }

  @Test
  void a_turn_is_what_it_was_when_it_went_though_it_waited_when_it_was_read() {
    var turn = accepted();
    var claim = new Claim("t-1", LEASE, MAX_ATTEMPTS);
    var client = client("query", () -> store.claim(turn.job(), claim));
    var late = TurnDatabase.dynamoDb(new DynamoDbTable(client, TABLE.name()), time);
    assertThat(late.erasures().begin(owner, turn.job().conversation())).isTrue();

    var removed = late.erasures().removeTurns(turn.job().conversation());

    assertThat(removed)
        .singleElement()
        .satisfies(one -> assertThat(one.state()).isInstanceOf(TurnState.Running.class));
  }

  @Test
  void a_turn_that_others_deleted_may_have_been_answered() {
    var turn = accepted();
    var id = turn.job().conversation();
    var client = client("query", () -> database.erasures().removeTurns(id));
    var late = TurnDatabase.dynamoDb(new DynamoDbTable(client, TABLE.name()), time);
    assertThat(late.erasures().begin(owner, id)).isTrue();

    var removed = late.erasures().removeTurns(id);

    assertThat(removed)
        .singleElement()
        .satisfies(one -> assertThat(one.state()).isInstanceOf(TurnState.Running.class));
  }

  /// A client after whose answer to `call` something happens.
  private static DynamoDbClient client(String call, Runnable then) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              var answer = method.invoke(TABLE.client(), arguments);
              if (method.getName().equals(call)) {
                then.run();
              }
              return answer;
            });
  }

  @Test
  void an_erasure_whose_answer_was_lost_recognises_itself() {
    var id = accepted().job().conversation();
    var forgetful =
        TurnDatabase.dynamoDb(new DynamoDbTable(losingTheFirstAnswer(), TABLE.name()), time);

    assertThat(forgetful.erasures().begin(owner, id)).isTrue();
    assertThat(forgetful.erasures().begin(owner, id)).isFalse();
  }

  private static DynamoDbClient losingTheFirstAnswer() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              try {
                if (method.getName().equals("updateItem")) {
                  var _ = method.invoke(TABLE.client(), arguments);
                }
                return method.invoke(TABLE.client(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
