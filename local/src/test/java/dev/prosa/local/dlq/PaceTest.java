package dev.prosa.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Desk desk = new Desk();
  private final List<Duration> waits = new ArrayList<>();

  private Pace pace(double perSecond) {
    return new Pace(
        perSecond,
        desk.time,
        wait -> {
          waits.add(wait);
          desk.time.pass(wait);
        });
  }

  @Test
  void spreads_actions_evenly() {
    var pace = pace(4);

    for (int i = 0; i < 4; i++) {
      pace.await();
    }

    assertThat(waits).containsOnly(Duration.ofMillis(250)).hasSize(3);
  }

  @Test
  void does_not_wait_for_what_took_long_by_itself() {
    var pace = pace(4);
    pace.await();
    desk.time.pass(Duration.ofMillis(400));

    pace.await();
    pace.await();

    assertThat(waits).containsExactly(Duration.ofMillis(100));
  }

  @Test
  void may_be_slower_than_one_a_second() {
    var pace = pace(0.1);
    pace.await();

    pace.await();

    assertThat(waits).containsExactly(Duration.ofSeconds(10));
  }
}
