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
    try (var _ = ProviderNews.start(chain, board, "w", Clockwork.of(time))) {
      await().atMost(BOUND).until(() -> states().equals(List.of(State.CLOSED)));

      fail(6);

      // much sooner than it would be told again anyway
      await().atMost(Duration.ofSeconds(2)).until(() -> states().equals(List.of(State.OPEN)));
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
}
