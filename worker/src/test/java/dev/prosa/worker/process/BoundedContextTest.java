package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.worker.testing.Shop;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// An old conversation costs no more than a new one.
class BoundedContextTest {

  private final Shop shop = new Shop();
  private final AtomicInteger turnsRead = new AtomicInteger();

  private Turn lastOf(int turns) {
    var turn = shop.accepted("q1");
    for (int i = 2; i <= turns; i++) {
      var reply = new Reply("a" + (i - 1), "stop", "m-1", "p-1", null);
      shop.database.turns().finish(shop.claimed(turn.job()), new TurnState.Completed(reply));
      turn = shop.accepted(turn.job().conversation(), "q" + i);
    }
    return turn;
  }

  private TurnStore counting(TurnStore store) {
    return (TurnStore)
        Proxy.newProxyInstance(
            TurnStore.class.getClassLoader(),
            new Class<?>[] {TurnStore.class},
            (_, method, arguments) -> {
              try {
                if (method.getName().equals("turns") && arguments != null) {
                  turnsRead.addAndGet((Integer) arguments[2]);
                }
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  @Test
  void the_model_is_told_the_newest_of_200_turns() {
    var turn = lastOf(201);
    shop.turns = counting(shop.database.turns());

    shop.handler().serve(Shop.poke(turn), () -> {});

    var exchanges = shop.model.calls().getFirst().context().exchanges();
    assertThat(exchanges).hasSize(ConversationContext.MAX_EXCHANGES);
    assertThat(exchanges.getFirst().prompt()).isEqualTo("q181");
    assertThat(exchanges.getLast().reply()).isEqualTo("a200");
    assertThat(turnsRead.get()).isBetween(1, 3 * ConversationContext.MAX_EXCHANGES);
  }

  @Test
  void an_open_turn_is_found_behind_many_that_were_cancelled_in_the_queue() {
    var oldest = shop.accepted("oldest");
    var turn = oldest;
    for (int i = 0; i < 60; i++) {
      turn = shop.accepted(oldest.job().conversation(), "cancelled");
      shop.database.turns().finish(turn, new TurnState.Cancelled(""));
    }

    shop.handler().serve(Shop.poke(shop.accepted(turn.job().conversation(), "newest")), () -> {});

    assertThat(shop.model.calls()).extracting(call -> call.question()).startsWith("oldest");
    assertThat(shop.model.calls()).hasSize(2);
  }

  @Test
  void a_cached_context_saves_reading_any_turn() {
    var turn = lastOf(50);
    shop.turns = counting(shop.database.turns());
    shop.handler().serve(Shop.poke(turn), () -> {});
    turnsRead.set(0);

    var next = shop.accepted(turn.job().conversation(), "next");
    shop.handler().serve(Shop.poke(next), () -> {});

    assertThat(turnsRead.get()).isZero();
    assertThat(shop.model.calls().getLast().context().exchanges().getLast().prompt())
        .isEqualTo("q50");
  }
}
