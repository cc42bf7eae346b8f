package dev.prosa.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

  @ParameterizedTest
  @CsvSource({"50, 100", "95, 190", "99, 198", "100, 200", "0.1, 1"})
  void takes_the_nearest_rank(double percent, long millis) {
    var samples = upTo(200);

    assertThat(samples.percentile(percent)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void has_one_time_as_every_percentile_of_itself() {
    assertThat(upTo(1).percentile(1)).isEqualTo(upTo(1).percentile(100));
  }

  @Test
  void subtracts_a_part_that_all_have() {
    var rest = upTo(3).less(Duration.ofMillis(2));

    assertThat(rest.percentile(1)).isEqualTo(Duration.ofMillis(-1));
    assertThat(rest.median()).isZero();
  }

  @Test
  void has_no_percentile_of_nothing() {
    var nothing = new Samples();

    assertThatThrownBy(nothing::median).isInstanceOf(IllegalStateException.class);
  }

  private static Samples upTo(int millis) {
    var samples = new Samples();
    IntStream.rangeClosed(1, millis)
        .map(i -> millis + 1 - i)
        .mapToObj(Duration::ofMillis)
        .forEach(samples::add);
    return samples;
  }
}
