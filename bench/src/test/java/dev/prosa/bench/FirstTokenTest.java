package dev.prosa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FirstTokenTest {

  @Test
  void measures_a_whole_prosa_beside_the_model_alone() throws InterruptedException {
    var options =
        new Options(
            3,
            1,
            1,
            1,
            Options.DEFAULT.load(),
            Options.DEFAULT.seeded(),
            Options.DEFAULT.fuzzing(),
            Options.Mode.OFF);

    var report = new FirstToken(InstantSource.system()).run(options);

    assertThat(report.figures())
        .extracting(Figure::name)
        .contains("added by Prosa, p95", "direct call, first token p50");
  }
}
