package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.Turn;
import dev.prosa.worker.testing.ManualClockwork;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When an attempt is looked at, to the second, in time that passes by itself.
class GuardTest {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration GAP = Duration.ofSeconds(20);
  private static final Duration TOTAL = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Shop shop = new Shop();
  private final ManualClockwork clockwork = new ManualClockwork();
  private final Stop stop = new Stop(Thread.currentThread());
  private final List<Duration> kept = new ArrayList<>();

  @AfterEach
  void feelNoInterrupt() {
    stop.end();
  }

  private Guard guard(Duration heartbeat) {
    Turn turn = shop.claimed(shop.accepted("Hi").job());
    var all = shop.workplace();
    var rules = new Workplace.Rules(LONG, heartbeat, 4, FIRST, GAP, TOTAL);
    var workplace =
        new Workplace(
            all.database(),
            all.contexts(),
            all.queue(),
            all.channel(),
            all.model(),
            all.calls(),
            rules,
            clockwork);
    return new Guard(workplace, turn, TOTAL, () -> kept.add(clockwork.passed()), stop);
  }

  @Test
  void ends_an_attempt_that_says_nothing_after_the_time_for_the_first_text() {
    guard(LONG).start();

    assertThat(clockwork.passed()).isEqualTo(FIRST);
    assertThat(stop.end()).isEqualTo(Stop.Reason.NO_FIRST_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 29})
  void ends_an_attempt_one_gap_after_its_last_text(int seconds) {
    var guard = guard(LONG);
    var last = Duration.ofSeconds(seconds);
    clockwork.at(last, guard::heard);

    guard.start();

    assertThat(clockwork.passed()).isEqualTo(last.plus(GAP));
    assertThat(stop.end()).isEqualTo(Stop.Reason.TOKEN_GAP);
  }

  @Test
  void ends_an_attempt_that_takes_too_long_in_all() {
    var guard = guard(LONG);
    for (int second = 10; second < 200; second += 10) {
      clockwork.at(Duration.ofSeconds(second), guard::heard);
    }

    guard.start();

    assertThat(clockwork.passed()).isEqualTo(TOTAL);
    assertThat(stop.end()).isEqualTo(Stop.Reason.TOO_LONG);
  }

  @Test
  void beats_on_time() {
    guard(Duration.ofSeconds(10)).start();

    assertThat(kept).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  @Test
  void looks_no_more_when_the_attempt_has_ended() {
    var guard = guard(LONG);
    clockwork.at(Duration.ofSeconds(3), guard::close);

    guard.start();

    assertThat(clockwork.passed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(stop.end()).isNull();
  }
}
