package dev.prosa.core.turn;

import static dev.prosa.core.turn.ConversationContext.MAX_CHARS;
import static dev.prosa.core.turn.ConversationContext.MAX_EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.ConversationContext.Exchange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationContextTest {

  private final ConversationId conversation = ConversationId.create();

  private Turn turn(int number, String prompt, TurnState state) {
    return new Turn(
        new JobId(conversation, number),
        new OwnerId("ann"),
        prompt,
        new Turn.Span(Instant.EPOCH, Instant.EPOCH),
        new Turn.Attempts(1, 1),
        state,
        false,
        null,
        null);
  }

  private static TurnState completed(String content) {
    return new TurnState.Completed(new Reply(content, "stop", "m", "p", null));
  }

  private ConversationContext filled(int turns, String prompt, String reply) {
    var context = ConversationContext.EMPTY;
    for (int i = 1; i <= turns; i++) {
      context = context.plus(turn(i, prompt, completed(reply + i)));
    }
    return context;
  }

  @Test
  void grows_by_question_and_answer() {
    var context = ConversationContext.EMPTY.plus(turn(1, "Hi", completed("Hello.")));

    assertThat(context.upTo()).isEqualTo(1);
    assertThat(context.exchanges()).containsExactly(new Exchange("Hi", "Hello."));
  }

  @Test
  void keeps_the_part_of_a_reply_that_was_stopped() {
    var context = ConversationContext.EMPTY.plus(turn(1, "Hi", new TurnState.Cancelled("Hel")));

    assertThat(context.exchanges()).containsExactly(new Exchange("Hi", "Hel"));
  }

  @Test
  void learns_nothing_from_turns_without_a_reply() {
    var context =
        ConversationContext.EMPTY
            .plus(turn(1, "Hi", new TurnState.Cancelled("")))
            .plus(turn(2, "Hi", new TurnState.Failed(FailureCode.PROVIDER_REJECTED, null)));

    assertThat(context).isEqualTo(new ConversationContext(2, List.of(), 0));
  }

  private TurnState failed() {
    return new TurnState.Failed(FailureCode.PROVIDER_REJECTED, null);
  }

  private ConversationContext filledBehindAFailure(int turns, String reply) {
    var context = ConversationContext.EMPTY.plus(turn(1, "Hi", failed()));
    for (int i = 2; i <= turns; i++) {
      context = context.plus(turn(i, "q", completed(reply)));
    }
    return context;
  }

  @Test
  void stays_right_when_no_turn_failed() {
    var context = filled(3, "q", "a").plus(turn(4, "Hi", new TurnState.Cancelled("")));

    assertThat(context.staysRight()).isTrue();
  }

  @Test
  void does_not_stay_right_while_the_reply_of_a_failed_turn_would_belong_to_it() {
    assertThat(filled(3, "q", "a").plus(turn(4, "q", failed())).staysRight()).isFalse();
    assertThat(filledBehindAFailure(2, "a").staysRight()).isFalse();
    assertThat(filledBehindAFailure(MAX_EXCHANGES, "a").staysRight()).isFalse();
  }

  @Test
  void stays_right_again_when_newer_exchanges_fill_it() {
    assertThat(filledBehindAFailure(MAX_EXCHANGES + 1, "a").staysRight()).isTrue();
    assertThat(filledBehindAFailure(2, "a".repeat(MAX_CHARS)).staysRight()).isTrue();
    assertThat(filledBehindAFailure(5, "a".repeat(MAX_CHARS / 3)).staysRight()).isTrue();
  }

  @Test
  void does_not_stay_right_when_only_older_exchanges_were_dropped() {
    var context = filled(30, "q", "a").plus(turn(31, "q", failed()));

    assertThat(context.plus(turn(32, "q", completed("a"))).staysRight()).isFalse();
  }

  @Test
  void keeps_the_newest_exchanges_only() {
    var context = filled(200, "q", "a");

    assertThat(context.upTo()).isEqualTo(200);
    assertThat(context.exchanges()).hasSize(MAX_EXCHANGES);
    assertThat(context.exchanges().getFirst().reply()).isEqualTo("a181");
    assertThat(context.exchanges().getLast().reply()).isEqualTo("a200");
  }

  @Test
  void has_no_more_characters_than_a_model_takes() {
    var context = filled(10, "q".repeat(5_000), "a".repeat(4_999));

    assertThat(context.exchanges()).hasSize(4);
    assertThat(context.exchanges().getLast().reply()).endsWith("10");
  }

  @Test
  void takes_an_exchange_that_fills_it_exactly() {
    var first = filled(1, "q", "a");

    var context = first.plus(turn(2, "q", completed("a".repeat(MAX_CHARS - 1))));

    assertThat(context.exchanges()).hasSize(1);
    assertThat(context.exchanges().getFirst().reply()).hasSize(MAX_CHARS - 1);
  }

  @Test
  void leaves_out_an_exchange_that_is_too_long_by_itself() {
    var context = filled(1, "q", "a").plus(turn(2, "q", completed("a".repeat(MAX_CHARS))));

    assertThat(context).isEqualTo(new ConversationContext(2, List.of()));
  }

  @Test
  void refuses_an_open_turn() {
    var open = turn(1, "Hi", new TurnState.Accepted(null));

    assertThatThrownBy(() -> ConversationContext.EMPTY.plus(open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(open.job().value());
  }

  @Test
  void refuses_a_turn_that_does_not_follow() {
    var third = turn(3, "Hi", completed("Hello."));

    assertThatThrownBy(() -> filled(1, "q", "a").plus(third))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("turn 1");
  }
}
