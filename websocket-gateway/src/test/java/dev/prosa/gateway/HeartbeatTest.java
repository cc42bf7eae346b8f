package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.gateway.Heartbeat.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static final Instant BEGIN = Instant.EPOCH;

  private final Heartbeat heartbeat = new Heartbeat(BEGIN, 5000);

  private Step after(int seconds) {
    return heartbeat.at(BEGIN.plusSeconds(seconds));
  }

  @Test
  void pings_every_20_seconds_while_the_client_answers() {
    for (int second = 0; second < 100; second++) {
      assertThat(after(second)).isEqualTo(second % 20 == 5 ? Step.PING : Step.REST);
      heartbeat.heard();
    }
  }

  @Test
  void gives_a_client_up_that_has_not_answered_for_20_seconds() {
    assertThat(after(5)).isEqualTo(Step.PING);
    assertThat(after(24)).isEqualTo(Step.REST);

    assertThat(after(25)).isEqualTo(Step.GIVE_UP);
  }

  @Test
  void gives_nobody_up_who_was_not_asked() {
    assertThat(after(5000)).isEqualTo(Step.PING);
  }

  @Test
  void spreads_ten_thousand_clients_over_time() {
    var hearts = IntStream.range(0, 10_000).mapToObj(i -> new Heartbeat(BEGIN, i * 7919)).toList();

    for (int second = 1; second <= 20; second++) {
      var now = BEGIN.plus(Duration.ofSeconds(second));
      var pings = hearts.stream().filter(heart -> heart.at(now) == Step.PING).count();
      assertThat(pings).isBetween(400L, 600L);
    }
  }
}
