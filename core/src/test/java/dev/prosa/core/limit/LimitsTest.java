package dev.prosa.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.provider.Price;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Lease;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final Limits LIMITS =
      new Limits(
          Limit.NONE,
          Limit.NONE,
          Limit.NONE,
          new Limits.Reckoning(
              100, "m-1", Map.of("m-1", new Price(BigDecimal.ONE, BigDecimal.TWO))));

  private final ConversationId conversation = ConversationId.create();

  /// A turn whose question has 8 characters.
  private Turn turn(int number, TurnState state) {
    return new Turn(
        new JobId(conversation, number),
        new OwnerId("ann"),
        "Why is i",
        new Turn.Span(Instant.EPOCH, Instant.EPOCH),
        new Turn.Attempts(1, 1),
        state,
        false,
        null,
        null);
  }

  private Turn answered(int number, int characters) {
    var reply = new Reply("x".repeat(characters), "stop", "m-1", "p-1", null);
    return turn(number, new TurnState.Completed(reply));
  }

  private List<Turn> answered(int newest, int oldest, int characters) {
    return IntStream.iterate(newest, n -> n >= oldest, n -> n - 1)
        .mapToObj(number -> answered(number, characters))
        .toList();
  }

  @Test
  void reckons_message_context_and_reply() {
    assertThat(LIMITS.reckon("Why?!", 30, null)).isEqualTo(new Amount(132, 232_000));
  }

  @Test
  void nothing_was_said_before_a_first_message() {
    assertThat(LIMITS.context(List.of())).isZero();
  }

  @Test
  void a_context_is_what_was_asked_and_answered() {
    var stopped = turn(2, new TurnState.Cancelled("Hel"));

    assertThat(LIMITS.context(List.of(stopped, answered(1, 40)))).isEqualTo(2 + 1 + 2 + 10);
  }

  @Test
  void a_turn_that_has_nothing_to_tell_adds_nothing() {
    var failed = turn(2, new TurnState.Failed(FailureCode.PROVIDER_TIMEOUT, null));
    var stopped = turn(1, new TurnState.Cancelled(""));

    assertThat(LIMITS.context(List.of(failed, stopped))).isZero();
  }

  @Test
  void a_reply_that_is_not_there_yet_is_reckoned() {
    var running = turn(2, new TurnState.Running(new Lease("t-1", Instant.EPOCH)));
    var waiting = turn(3, new TurnState.Accepted(null));

    assertThat(LIMITS.context(List.of(waiting, running, answered(1, 40)))).isEqualTo(216);
  }

  @Test
  void a_context_has_20_exchanges() {
    assertThat(LIMITS.context(answered(25, 1, 40))).isEqualTo(20 * 12);
    assertThat(LIMITS.context(answered(50, 26, 40))).isEqualTo(20 * 12);
  }

  @Test
  void a_context_of_which_not_everything_was_read_is_the_longest() {
    assertThat(LIMITS.context(answered(50, 40, 40))).isEqualTo(Limits.LONGEST_CONTEXT);
  }

  @Test
  void a_context_has_an_end() {
    assertThat(LIMITS.context(answered(5, 1, 12_000))).isEqualTo(Limits.LONGEST_CONTEXT);
  }
}
