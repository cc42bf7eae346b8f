package dev.prosa.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.provider.Price;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.worker.llm.ModelException.Kind;
import dev.prosa.worker.testing.Away;
import dev.prosa.worker.testing.ManualTime;
import dev.prosa.worker.testing.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProviderNewsTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  private final ManualTime time = new ManualTime();
  private final ProviderBoard board = ProviderBoard.inMemory(time);
  private final ProviderChain chain =
      ProviderChain.of(
          List.of(new Offer(new ScriptedModel("a"), Price.FREE, 10)), BreakerRules.DEFAULT, time);

  private List<State> states() {
    return board.read().stream().flatMap(List::stream).map(ProviderStatus::state).toList();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      try (var pass = Objects.requireNonNull(chain.round(null, 1).next())) {
        pass.failed(
            new ModelException(Kind.AWAY, FailureCode.PROVIDER_UNAVAILABLE, "as told", null));
      }
    }
  }

  @Test
  void tells_at_once_when_a_breaker_opens() {
    try (var _ = ProviderNews.start(chain, board, "w", new Standstill())) {
      await().atMost(BOUND).until(() -> states().equals(List.of(State.CLOSED)));

      fail(6);

      await().atMost(BOUND).until(() -> states().equals(List.of(State.OPEN)));
    }
  }

  @Test
  void is_not_disturbed_by_a_board_that_is_away() {
    var away = Away.always(ProviderBoard.class, new CacheUnavailableException("away", null));
    try (var _ = ProviderNews.start(chain, away, "w", Clockwork.of(time))) {
      fail(6);
    }

    assertThat(chain.room()).isZero();
  }

  /// No wait is ever over, so that nothing is told only because it is time again.
  private final class Standstill implements Clockwork {

    private final Clockwork real = Clockwork.of(time);

    @Override
    public Instant instant() {
      return real.instant();
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void start(String name, Runnable task) {
      real.start(name, task);
    }

    @Override
    public Bell bell() {
      var bell = real.bell();
      return new Bell() {
        @Override
        public void ring() {
          bell.ring();
        }

        @Override
        public void await(long nanos) throws InterruptedException {
          bell.await(Long.MAX_VALUE);
        }
      };
    }
  }
}
