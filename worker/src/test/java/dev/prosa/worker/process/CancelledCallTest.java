package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.ModelCall.Outcome;
import dev.prosa.worker.testing.ScriptedProvider;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A reply that its owner stops is not paid for any longer: the provider sees its socket closed.
class CancelledCallTest {

  /// Far less than the half minute after which the client gives up by itself.
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Shop shop = new Shop();

  /// @param tokens how much the provider says before; -1 for not even a head
  @ParameterizedTest
  @CsvSource({"-1, ''", "0, ''", "1, 'a1 '", "50, 'a1 '"})
  void the_provider_sees_its_socket_closed_soon(int tokens, String kept)
      throws InterruptedException {
    var reached = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var provider = stalling(tokens, reached)) {
      shop.chain = shop.chain(provider.model(shop.time));
      var turn = shop.accepted("Hi");
      var handler = shop.handler();
      var serving =
          CompletableFuture.supplyAsync(() -> handler.serve(Shop.poke(turn), () -> {}), threads);
      assertThat(reached.await(BOUND.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      await().atMost(BOUND).until(() -> tokens < 1 || shop.events().contains("reply.delta"));

      handler.cancel(turn.job());

      assertThat(provider.seesItClosedWithin(BOUND)).isTrue();
      assertThat(serving.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS).join())
          .isEqualTo(new PokeOutcome.Done());
      assertThat(shop.found(turn).state())
          .isInstanceOfSatisfying(
              TurnState.Cancelled.class,
              cancelled -> assertThat(cancelled.content()).startsWith(kept));
      assertThat(shop.calls).last().matches(call -> call.outcome() == Outcome.ABORTED);
      assertThat(provider.calls()).isEqualTo(1);
    }
  }

  private static ScriptedProvider stalling(int tokens, CountDownLatch reached) {
    return new ScriptedProvider(
        "p-1",
        wire -> {
          if (tokens >= 0) {
            wire.head();
          }
          for (int i = 1; i <= tokens; i++) {
            wire.text("a" + i + " ");
          }
          reached.countDown();
          wire.silence();
        });
  }

  @Test
  void a_cancel_is_not_lost_behind_a_silence() {
    var stop = new Stop(Thread.currentThread());
    stop.request(Stop.Reason.NO_FIRST_TOKEN);

    stop.request(Stop.Reason.CANCELLED);

    assertThat(stop.forgetSilence()).isFalse();
    assertThat(stop.end()).isEqualTo(Stop.Reason.CANCELLED);
  }
}
