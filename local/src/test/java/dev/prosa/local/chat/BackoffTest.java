package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8));

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000", "5, 8000", "6, 8000", "1000, 8000"})
  void doubles_up_to_its_cap_and_leaves_half_to_chance(int failures, long bound) {
    for (var i = 0; i < 100; i++) {
      assertThat(backoff.after(failures).toMillis()).isBetween(bound / 2, bound);
    }
  }

  @Test
  void does_not_always_wait_equally_long() {
    var waits = IntStream.range(0, 50).mapToObj(i -> backoff.after(5)).distinct();

    assertThat(waits.count()).isGreaterThan(1);
  }
}
