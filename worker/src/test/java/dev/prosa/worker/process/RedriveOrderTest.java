package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ConversationContext.Exchange;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.testing.Away;
import dev.prosa.worker.testing.Shop;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A conversation whose first turn failed and is redriven after two more were answered.
class RedriveOrderTest {

  private static final PokeHandler.Keeper KEEPER = () -> {};

  private final Shop shop = new Shop();
  private Turn first = shop.accepted("one");

  @BeforeEach
  void failOneAndAnswerTwo() {
    shop.model.fails(FailureCode.PROVIDER_REJECTED).says("2").says("3");
    serve(first);
    serve(shop.accepted(first.job().conversation(), "two"));
    serve(shop.accepted(first.job().conversation(), "three"));
  }

  private PokeOutcome serve(Turn turn) {
    return shop.handler().serve(Shop.poke(turn), KEEPER);
  }

  private Turn fourth() {
    return shop.accepted(first.job().conversation(), "four");
  }

  private List<Exchange> lastContext() {
    return shop.model.calls().getLast().context().exchanges();
  }

  private static final List<Exchange> ALL_THREE =
      List.of(new Exchange("one", "1"), new Exchange("two", "2"), new Exchange("three", "3"));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_poke_of_a_new_turn_answers_the_redriven_one_before_it(boolean cached) {
    shop.contexts = cached ? shop.contexts : Away.contexts();
    shop.reopened(first);
    shop.model.says("1").says("4");

    assertThat(serve(fourth())).isEqualTo(new PokeOutcome.Done());

    assertThat(shop.model.questions()).endsWith("one", "four");
    assertThat(lastContext()).isEqualTo(ALL_THREE);
  }

  @Test
  void a_new_turn_waits_while_the_redriven_one_is_answered_elsewhere() {
    shop.reopened(first);
    shop.claimed(first.job());

    assertThat(serve(fourth())).isEqualTo(new PokeOutcome.RetryLater(Shop.LEASE));

    assertThat(shop.model.questions()).endsWith("three");
  }

  @Test
  void a_turn_that_waits_is_answered_right_after_the_redriven_one() {
    shop.reopened(first);
    var fourth = fourth();
    shop.model.says("1").says("4");

    serve(first);
    shop.handler().goOn(first.job());

    assertThat(shop.found(fourth).state()).isInstanceOf(TurnState.Completed.class);
    assertThat(lastContext()).isEqualTo(ALL_THREE);
  }

  @Test
  void nothing_is_answered_twice_behind_a_redriven_turn() {
    shop.reopened(first);

    serve(first);
    shop.handler().goOn(first.job());

    assertThat(shop.model.questions()).containsExactly("one", "two", "three", "one");
    assertThat(shop.events()).endsWith("reply.completed");
  }

  @Test
  void a_turn_redriven_while_the_next_one_is_answered_is_found_before_the_one_after() {
    var fourth = fourth();
    var fifth = fourth();
    shop.model.saysAndThen("4", () -> shop.reopened(first)).says("1").says("5");

    serve(fifth);

    assertThat(shop.model.questions()).endsWith("four", "one", "four");
    assertThat(shop.found(fourth).state()).isInstanceOf(TurnState.Completed.class);
    assertThat(lastContext()).startsWith(new Exchange("one", "1")).hasSize(4);
  }

  @Test
  void a_redriven_turn_has_as_many_attempts_as_a_new_one() {
    shop.reopened(first);
    shop.model.fails(FailureCode.PROVIDER_UNAVAILABLE);

    assertThat(serve(first)).isInstanceOf(PokeOutcome.RetryLater.class);

    assertThat(shop.found(first).attempts()).isEqualTo(new Turn.Attempts(3, 1));
  }
}
