package dev.prosa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void has_a_default_for_each() {
    assertThat(Options.parse(List.of())).isEqualTo(Options.DEFAULT);
  }

  @Test
  void reads_all_of_them() {
    var words =
        "--requests 1 --warm-up 2 --turns 3 --runs 4 --seconds 5 --rate 6 --users 7"
            + " --seeds 8 --seed 9 --frames 10 --handshakes 11 --write --release";

    assertThat(parse(words))
        .isEqualTo(
            new Options(
                1,
                2,
                3,
                4,
                new Options.Load(Duration.ofSeconds(5), 6, 7),
                new Options.Seeds(8, 9),
                new Options.Fuzzing(10, 11),
                new Options.Mode(true, true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--request 1", "--requests", "--requests 0", "--requests x", "1", "-w"})
  void refuses_what_it_does_not_know(String words) {
    assertThat(parse(words)).isNull();
  }

  @Test
  void counts_the_jobs_of_a_load_and_of_its_warm_up() {
    var load = Options.DEFAULT.load();

    assertThat(load.jobs()).isEqualTo(800);
    assertThat(load.warmUp().jobs()).isEqualTo(100);
  }

  private static @Nullable Options parse(String words) {
    return Options.parse(Arrays.asList(words.split(" ", -1)));
  }
}
