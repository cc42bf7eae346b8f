package dev.prosa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Figure FAST =
      Figure.of("fast", Duration.ofMillis(12), Duration.ofMillis(100));
  private static final Figure SLOW =
      Figure.of("slow", Duration.ofMillis(1234), Duration.ofMillis(100));

  @Test
  void shows_each_limit_beside_its_figure() {
    var report = new Report("name", "How.", List.of(FAST, SLOW));

    assertThat(report.text("Here."))
        .isEqualTo(
            """
            # name

            Here.

            How.

            | figure |     value |              limit |
            |--------|----------:|-------------------:|
            | fast   |   12.0 ms |        <= 100.0 ms |
            | slow   | 1234.0 ms | <= 100.0 ms MISSED |
            """);
  }

  @Test
  void shows_beside_it_what_others_did() {
    var figure = FAST.beside(List.of("7.0 ms", "-"));
    var report = new Report("name", "How.", List.of("ours", "theirs", "more"), List.of(figure));

    assertThat(report.text("Here."))
        .endsWith(
            """
            | figure |       limit |    ours | theirs | more |
            |--------|------------:|--------:|-------:|-----:|
            | fast   | <= 100.0 ms | 12.0 ms | 7.0 ms |    - |
            """);
  }

  @Test
  void is_within_limits_when_every_figure_is() {
    assertThat(new Report("n", "h", List.of(FAST)).isWithinLimits()).isTrue();
    assertThat(new Report("n", "h", List.of(FAST, SLOW)).isWithinLimits()).isFalse();
  }

  @Test
  void compares_ratios_and_counts_with_their_limits() {
    var a = Duration.ofMillis(3);
    var b = Duration.ofMillis(2);

    assertThat(Figure.ofRatio("r", a, b, 1.5)).isEqualTo(new Figure("r", "1.50", "<= 1.5", true));
    assertThat(Figure.ofRatio("r", b, a, 0.5)).isEqualTo(new Figure("r", "0.67", "<= 0.5", false));
    assertThat(Figure.ofCount("lost", 1, 0)).isEqualTo(new Figure("lost", "1", "0", false));
  }
}
