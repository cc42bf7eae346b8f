package dev.prosa.core.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

  /// What the class promises.
  private static final double ERROR = 0.0906;

  private static Histogram of(LongStream millis) {
    return millis
        .mapToObj(Duration::ofMillis)
        .reduce(Histogram.NONE, Histogram::plus, Histogram::plus);
  }

  private static double millis(Histogram histogram, double part) {
    return Objects.requireNonNull(histogram.quantile(part)).toNanos() / 1e6;
  }

  @Test
  void knows_no_quantile_of_nothing() {
    assertThat(Histogram.NONE.quantile(0.5)).isNull();
    assertThat(Histogram.NONE.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 7, 80, 950, 1_000, 12_345, 600_000, 1_000_000})
  void a_quantile_is_as_exact_as_is_said(long millis) {
    var one = of(LongStream.of(millis));

    assertThat(millis(one, 0.99)).isCloseTo((double) millis, within(millis * ERROR));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void quantiles_of_many_are_as_exact(int seed) {
    var times = new Random(seed).longs(1_000, 2, 100_000).sorted().toArray();
    var histogram = of(LongStream.of(times));

    for (var part : new double[] {0.5, 0.95, 0.99}) {
      var exact = (double) times[(int) Math.ceil(part * times.length) - 1];
      assertThat(millis(histogram, part)).isCloseTo(exact, within(exact * ERROR));
    }
  }

  @Test
  void several_are_the_same_as_one_that_saw_everything() {
    var first = of(LongStream.of(3, 50, 50, 700));
    var second = of(LongStream.of(50, 9_000));

    assertThat(first.plus(second)).isEqualTo(of(LongStream.of(3, 50, 50, 50, 700, 9_000)));
    assertThat(first.plus(second).count()).isEqualTo(6);
  }

  @Test
  void has_a_bucket_for_the_impossible() {
    var odd =
        Histogram.NONE.plus(Duration.ofSeconds(-3)).plus(Duration.ZERO).plus(Duration.ofDays(300));

    assertThat(odd.counts()).containsOnly(Map.entry(0, 2L), Map.entry(81, 1L));
  }
}
