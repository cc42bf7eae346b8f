package dev.prosa.core.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetFiguresTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:07Z");
  private static final long LAST = Slice.numberAt(NOW);
  private static final Tally ONE = new Tally(1, 0, 0, 10, 20, 300);

  private static FiguresBoard.Row row(int writing, boolean alive, Slice... slices) {
    return new FiguresBoard.Row(new WorkerFigures(writing, List.of(slices)), alive);
  }

  @Test
  void shows_the_whole_window_of_a_fleet_that_did_nothing() {
    var fleet = FleetFigures.of(List.of(), NOW);

    assertThat(fleet.slices()).hasSize(30);
    assertThat(fleet.slices().getLast()).isEqualTo(Slice.empty(LAST));
    assertThat(fleet.total()).isEqualTo(Slice.empty(LAST));
    assertThat(fleet.workers()).isZero();
  }

  @Test
  void adds_up_what_the_workers_did_in_the_same_time() {
    var slow = Duration.ofSeconds(4);
    var fleet =
        FleetFigures.of(
            List.of(
                row(2, true, Slice.empty(LAST).waited(slow).did(ONE)),
                row(3, true, Slice.empty(LAST).spoke(slow).did(ONE), Slice.empty(LAST - 1))),
            NOW);

    assertThat(fleet.workers()).isEqualTo(2);
    assertThat(fleet.writing()).isEqualTo(5);
    assertThat(fleet.slices().getLast())
        .isEqualTo(Slice.empty(LAST).waited(slow).spoke(slow).did(ONE).did(ONE));
    assertThat(fleet.total().tally().costNanos()).isEqualTo(600);
  }

  @Test
  void counts_what_a_worker_did_that_is_gone_but_not_what_it_was_at() {
    var fleet = FleetFigures.of(List.of(row(7, false, Slice.empty(LAST - 3).did(ONE))), NOW);

    assertThat(fleet.workers()).isZero();
    assertThat(fleet.writing()).isZero();
    assertThat(fleet.total().tally()).isEqualTo(ONE);
  }

  @Test
  void leaves_out_what_is_too_old_or_of_a_clock_that_is_ahead() {
    var fleet =
        FleetFigures.of(
            List.of(row(0, true, Slice.empty(LAST - 30).did(ONE), Slice.empty(LAST + 1).did(ONE))),
            NOW);

    assertThat(fleet.total().tally()).isEqualTo(Tally.NONE);
  }
}
