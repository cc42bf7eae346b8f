package dev.prosa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  private static final Options FEW =
      new Options(
          3,
          1,
          1,
          1,
          Options.DEFAULT.load(),
          Options.DEFAULT.seeded(),
          Options.DEFAULT.fuzzing(),
          Options.Mode.OFF);

  @Test
  void loses_no_stream_and_leaves_no_connection_open() throws InterruptedException {
    var sizes = new Providers.Sizes(3, 1, 20, 2, 3, 4);

    var report = new Providers(InstantSource.system(), sizes).run(FEW);

    assertThat(report.figures())
        .filteredOn(figure -> figure.limit().matches("\\d+"))
        .hasSize(5)
        .allMatch(Figure::met);
  }
}
