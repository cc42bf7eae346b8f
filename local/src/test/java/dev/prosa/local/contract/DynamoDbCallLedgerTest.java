package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.core.usage.ModelCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DynamoDbCallLedgerTest extends CallLedgerContract {

  private static final DynamoDbTable TABLE = Servers.table();

  private final CallLedger ledger = CallLedger.dynamoDb(TABLE);

  DynamoDbCallLedgerTest() {
    super(CallLedger.dynamoDb(TABLE));
  }

  @AfterAll
  static void closeTable() {
    TABLE.close();
  }

  private static ModelCall call(JobId job, int attempt, String model) {
    return new ModelCall(
        new ModelCall.Id(job, attempt, 1),
        "p-1",
        model,
        ModelCall.Outcome.ANSWERED,
        new Usage(3, 2),
        false,
        7,
        new ModelCall.Timing(Instant.EPOCH, null, Duration.ofSeconds(1)));
  }

  @Test
  void sums_more_calls_than_fit_one_page() {
    // a page is 1 MB (Amazon DynamoDB Developer Guide, "Query")
    var job = new JobId(ConversationId.create(), 1);
    var long100 = "m".repeat(100_000);
    ledger.record(IntStream.rangeClosed(1, 25).mapToObj(i -> call(job, i, long100)).toList());

    assertThat(ledger.ofConversation(job.conversation()))
        .isEqualTo(new CallTotals(25, new Usage(75, 50), false, 175));
    assertThat(ledger.ofJob(job)).hasSize(25);
  }

  @Test
  void is_not_read_with_the_turns_of_its_conversation() {
    var database = TurnDatabase.dynamoDb(TABLE, new ManualTime());
    var request =
        new NewTurn(new OwnerId("ann"), null, "Hi", null, Duration.ofMinutes(10), null, null);
    var turn = ((AcceptOutcome.Accepted) database.turns().accept(request)).turn();

    ledger.record(List.of(call(turn.job(), 1, "m-1")));

    assertThat(database.turns().turns(turn.job().conversation(), Integer.MAX_VALUE, 100))
        .containsExactly(turn);
  }
}
