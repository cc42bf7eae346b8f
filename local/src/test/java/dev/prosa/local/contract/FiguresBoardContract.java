package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.figures.FiguresBoard.Row;
import dev.prosa.core.figures.Slice;
import dev.prosa.core.figures.Tally;
import dev.prosa.core.figures.WorkerFigures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What workers say of themselves, and how long it counts.
abstract class FiguresBoardContract {

  final ManualTime time = new ManualTime();
  private final WorkerFigures busy =
      new WorkerFigures(
          3,
          List.of(
              Slice.empty(7).waited(Duration.ofMillis(20)),
              Slice.empty(9)
                  .spoke(Duration.ofSeconds(1))
                  .replied(Duration.ofSeconds(5))
                  .did(new Tally(1, 2, 3, 4, 5, 6))));
  private final WorkerFigures idle = new WorkerFigures(0, List.of());

  abstract FiguresBoard board();

  /// Lets time pass for the board.
  abstract void pass(Duration duration);

  @BeforeEach
  void forgetOthers() {
    pass(FiguresBoard.WINDOW);
  }

  @Test
  void is_empty_when_no_worker_is_there() {
    assertThat(board().read()).isEmpty();
  }

  @Test
  void shows_what_each_worker_said_last() {
    board().post("one", idle);
    board().post("one", busy);
    board().post("two", idle);

    assertThat(board().read()).containsExactlyInAnyOrder(new Row(busy, true), new Row(idle, true));
  }

  @Test
  void knows_that_a_worker_is_gone_and_keeps_what_it_did() {
    board().post("one", busy);
    pass(FiguresBoard.ALIVE);
    board().post("two", idle);

    assertThat(board().read()).containsExactlyInAnyOrder(new Row(busy, false), new Row(idle, true));
  }

  @Test
  void forgets_a_worker_that_is_gone_for_long() {
    board().post("one", busy);
    pass(Duration.ofMinutes(4));
    board().post("two", idle);

    pass(Duration.ofMinutes(1));

    assertThat(board().read()).containsExactly(new Row(idle, false));
  }
}
