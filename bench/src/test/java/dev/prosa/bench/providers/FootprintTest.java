package dev.prosa.bench.providers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintTest {

  @Test
  void reads_the_peak_and_the_threads() {
    var status =
        """
        Name:\tjava
        VmPeak:\t 9000000 kB
        VmHWM:\t  345678 kB
        VmRSS:\t  300000 kB
        Threads:\t31
        """;

    assertThat(Footprint.of(status)).isEqualTo(new Footprint(345_678, 31));
  }

  @Test
  void is_not_known_where_the_system_does_not_tell() {
    assertThat(Footprint.of("")).isEqualTo(new Footprint(-1, -1));
  }

  @Test
  void survives_the_way_to_the_process_that_asked() {
    var said = new ManyStreams.Said(1_000, 20_123, new Footprint(-1, 31));

    assertThat(ManyStreams.Said.parse(said.line())).isEqualTo(said);
    assertThat(ManyStreams.Said.parse("WARNING: something else")).isNull();
  }
}
