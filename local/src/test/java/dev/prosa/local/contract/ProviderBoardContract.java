package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What workers say about the providers, and how long it counts.
abstract class ProviderBoardContract {

  final ManualTime time = new ManualTime();
  private final String worker = RandomId.create().value();
  private final ProviderStatus fine = new ProviderStatus("one", "m-1", State.CLOSED, null);
  private final ProviderStatus down =
      new ProviderStatus("two", "m-2", State.OPEN, Instant.parse("2026-03-01T12:00:05.250Z"));

  abstract ProviderBoard board();

  /// Lets time pass for the board.
  abstract void pass(Duration duration);

  @BeforeEach
  void forgetOthers() {
    pass(ProviderBoard.LIFE);
  }

  @Test
  void is_empty_when_no_worker_is_there() {
    assertThat(board().read()).isEmpty();
  }

  @Test
  void shows_what_each_worker_says() {
    board().post(worker, List.of(fine, down));
    board().post("other", List.of(down));

    assertThat(board().read()).containsExactlyInAnyOrder(List.of(fine, down), List.of(down));
  }

  @Test
  void shows_what_a_worker_said_last() {
    board().post(worker, List.of(fine));
    board().post(worker, List.of(down));

    assertThat(board().read()).containsExactly(List.of(down));
  }

  @Test
  void forgets_a_worker_that_says_nothing_any_more() {
    board().post(worker, List.of(fine));
    pass(Duration.ofSeconds(10));
    board().post("other", List.of(down));

    pass(Duration.ofSeconds(5));

    assertThat(board().read()).containsExactly(List.of(down));
  }
}
