package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.Turn;
import dev.prosa.worker.testing.ManualClockwork;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            all.providers(),
            all.prompts(),
            rules,
            clockwork,
            all.books());
    return new Guard(workplace, turn, TOTAL, () -> kept.add(clockwork.passed()), stop);
  }

  @Test
  void ends_an_attempt_that_says_nothing_after_the_time_for_the_first_text() {
    var guard = guard(LONG);
    var told = new ArrayList<@Nullable Object>();
    clockwork.at(FIRST.minusMillis(1), () -> told.add(stop.reason()));
    clockwork.at(
        FIRST.plusMillis(1),
        () -> {
          told.add(stop.reason());
          guard.close();
        });

    guard.start();

    assertThat(told).containsExactly(null, Stop.Reason.NO_FIRST_TOKEN);
  }

  @Test
  void gives_the_next_call_all_the_time_for_its_first_text() {
    var guard = guard(LONG);
    var second = FIRST.plusSeconds(2);
    clockwork.at(
        second,
        () -> {
          guard.callBegins();
          assertThat(stop.forgetSilence()).isTrue();
        });
    clockwork.at(second.plus(FIRST).minusMillis(1), () -> assertThat(stop.reason()).isNull());
    clockwork.at(second.plus(FIRST).plusMillis(1), guard::close);

    guard.start();

    assertThat(stop.end()).isEqualTo(Stop.Reason.NO_FIRST_TOKEN);
  }

  @Test
  void keeps_the_lease_while_another_provider_is_looked_for() {
    var guard = guard(Duration.ofSeconds(25));
    clockwork.at(Duration.ofSeconds(51), guard::close);

    guard.start();

    assertThat(kept).containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(50));
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

    assertThat(kept).startsWith(Duration.ofSeconds(10), Duration.ofSeconds(20));
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
