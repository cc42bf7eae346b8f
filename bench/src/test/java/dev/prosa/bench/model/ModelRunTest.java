package dev.prosa.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.bench.model.ModelRun.Sky;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The protocol keeps its promises in every world, and without any one of its mechanisms the
/// checker finds a world where it does not.
class ModelRunTest {

  private static final int SEEDS = 2_000;

  /// Far more than any mechanism needs; the one that is missed most seldom is missed in 1 of 30.
  private static final int PATIENCE = 400;

  private static ModelRun.Result worlds(int seeds, Mutation mutation, Sky sky)
      throws InterruptedException {
    return new ModelRun(1, seeds, mutation, sky).run();
  }

  @Test
  void keeps_every_promise_in_every_world() throws InterruptedException {
    var result = worlds(SEEDS, Mutation.NONE, Sky.CHANGING);

    assertThat(result.broken())
        .as("seeds that broke a promise; ./prosa bench model --seed N replays one")
        .isEmpty();
    assertThat(result.worlds()).isEqualTo(SEEDS);
  }

  @Test
  void goes_through_everything_that_can_happen() throws InterruptedException {
    var counts = worlds(50, Mutation.NONE, Sky.CHANGING).counts();

    assertThat(counts)
        .containsKeys("workers killed", "gateways killed", "flushes", "outages", "drops", "drains")
        .containsKeys("cancels", "deaf gateways", "duplicates", "bad answers", "people who left")
        .containsKeys("second tabs", "failed");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mutation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "DELETE_AFTER_COMMIT"})
  void misses_every_mechanism_that_is_taken_out(Mutation mutation) throws InterruptedException {
    var result = new ModelRun(1, PATIENCE, mutation, Sky.CHANGING).untilBroken();

    assertThat(result.broken()).isNotEmpty();
  }

  /// The sweeper alone makes up for it, so it is taken out as well, and for comparison alone.
  @Test
  void misses_a_poke_that_is_deleted_too_early() throws InterruptedException {
    var early = worlds(20, Mutation.DELETE_AFTER_COMMIT, Sky.DEADLY);
    var late = worlds(20, Mutation.SWEEPER, Sky.DEADLY);

    assertThat(early.broken().size()).isGreaterThan(4 * Math.max(1, late.broken().size()));
  }

  @Test
  void repeats_a_world_by_its_seed() {
    var run = new ModelRun(1, 1, Mutation.NONE, Sky.CHANGING);

    assertThat(withoutIds(run.trace(7))).isEqualTo(withoutIds(run.trace(7))).isNotEmpty();
  }

  private static String withoutIds(Iterable<String> trace) {
    return String.join("\n", trace).replaceAll("[0-9a-v]{26}", "id");
  }
}
