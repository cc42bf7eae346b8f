package dev.prosa.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.testing.Away;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageHandlerTest {

  private final Shop shop = new Shop();
  private final MessageHandler handler =
      new MessageHandler(
          shop.queue, Away.always(PokeHandler.class, new StoreUnavailableException("away", null)));

  private List<ReceivedPoke> visible() {
    return shop.queue.receive(JobQueue.MAX_RECEIVE, Duration.ZERO);
  }

  @Test
  void hands_a_poke_back_for_a_moment_when_the_store_is_away_for_a_moment() {
    shop.queue.send(Shop.poke(shop.accepted("Hi")), Shop.ANN);

    handler.handle(visible().getFirst());

    assertThat(visible()).isEmpty();
    shop.time.pass(Duration.ofSeconds(2));
    assertThat(visible()).hasSize(1);
  }

  @Test
  void does_not_use_up_the_receive_count_while_the_store_stays_away() {
    shop.queue.send(Shop.poke(shop.accepted("Hi")), Shop.ANN);
    var received = 0;
    for (int second = 0; second < 600; second++) {
      for (var message : visible()) {
        received++;
        handler.handle(message);
      }
      shop.time.pass(Duration.ofSeconds(1));
    }

    assertThat(received).isBetween(20, 25);
  }
}
