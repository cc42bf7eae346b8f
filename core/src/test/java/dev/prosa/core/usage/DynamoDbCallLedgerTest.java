package dev.prosa.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What a real table never does on this machine: leave a part of a batch over.
class DynamoDbCallLedgerTest {

  private static final ConversationId CONVERSATION = ConversationId.create();

  /// Takes batches and leaves over what it is told to.
  private record Leaving(List<List<WriteRequest>> batches, UnaryOperator<List<WriteRequest>> left)
      implements DynamoDbClient {

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
      var batch = Objects.requireNonNull(request.requestItems().get("table"));
      batches.add(batch);
      var over = left.apply(batch);
      return BatchWriteItemResponse.builder()
          .unprocessedItems(over.isEmpty() ? Map.of() : Map.of("table", over))
          .build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private static List<Integer> sizes(
      UnaryOperator<List<WriteRequest>> left, List<ModelCall> calls) {
    var client = new Leaving(new ArrayList<>(), left);
    try {
      new DynamoDbCallLedger(new DynamoDbTable(client, "table")).record(calls);
    } catch (StoreUnavailableException e) {
      assertThat(e).hasMessageContaining("over 4 times");
      client.batches().add(List.of());
    }
    return client.batches().stream().map(List::size).toList();
  }

  private static List<ModelCall> calls(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(turn ->
            new ModelCall(
                new ModelCall.Id(new JobId(CONVERSATION, turn), 1, 1),
                "p-1",
                "m-1",
                ModelCall.Outcome.ANSWERED,
                new Usage(3, 2),
                false,
                7,
                new ModelCall.Timing(Instant.EPOCH, null, Duration.ZERO)))
        .toList();
  }

  @Test
  void sends_at_most_25_at_once() {
    assertThat(sizes(_ -> List.of(), calls(51))).containsExactly(25, 25, 1);
  }

  @Test
  void sends_nothing_when_there_is_nothing() {
    assertThat(sizes(_ -> List.of(), List.of())).isEmpty();
  }

  @Test
  void sends_what_was_left_over_again() {
    assertThat(sizes(batch -> batch.subList(0, batch.size() / 2), calls(7)))
        .containsExactly(7, 3, 1);
  }

  @Test
  void gives_up_when_nothing_is_taken_four_times() {
    assertThat(sizes(batch -> batch, calls(2))).containsExactly(2, 2, 2, 2, 0);
  }

  @Test
  void says_how_many_were_left_over() {
    var table = new DynamoDbTable(new Leaving(new ArrayList<>(), batch -> batch), "table");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> new DynamoDbCallLedger(table).record(calls(2)))
        .withMessageContaining("2 of 2");
  }
}
