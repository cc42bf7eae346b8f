package dev.prosa.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.Price;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.worker.llm.ModelException.Kind;
import dev.prosa.worker.testing.ManualTime;
import dev.prosa.worker.testing.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When a model is asked, and when it is left alone.
class ProviderChainTest {

  private static final Duration FIRST_WAIT = BreakerRules.DEFAULT.firstWait();

  private final ManualTime time = new ManualTime();
  private final List<String> changes = new ArrayList<>();
  private ProviderChain chain = chain("a");

  private ProviderChain chain(String... providers) {
    return chain(1_000, providers);
  }

  private ProviderChain chain(int concurrency, String... providers) {
    var offers =
        List.of(providers).stream()
            .map(name -> new Offer(new ScriptedModel(name), Price.FREE, concurrency))
            .toList();
    var made = ProviderChain.of(offers, BreakerRules.DEFAULT, time);
    made.onChange((before, now) ->
        changes.add(now.provider() + ": " + before.word() + " > " + now.state().word()));
    return made;
  }

  private static ModelException failure(Kind kind, @Nullable Duration retryAfter) {
    return new ModelException(kind, FailureCode.PROVIDER_UNAVAILABLE, "as told", retryAfter, null);
  }

  private ProviderChain.@Nullable Pass pass() {
    return chain.round(null, 1).next();
  }

  private ProviderChain.Pass granted() {
    return Objects.requireNonNull(pass(), "nobody takes a call");
  }

  private void fail(Kind kind, int times) {
    for (int i = 0; i < times; i++) {
      try (var pass = granted()) {
        pass.failed(failure(kind, null));
      }
    }
  }

  private void succeed() {
    try (var pass = granted()) {
      pass.heard();
      pass.answered();
    }
  }

  private State state() {
    return chain.statuses().getFirst().state();
  }

  @ParameterizedTest
  @EnumSource(names = {"AWAY", "BROKEN"})
  void opens_on_the_sixth_error_in_ten_seconds(Kind kind) {
    fail(kind, 5);
    assertThat(state()).isEqualTo(State.CLOSED);
    time.pass(Duration.ofMillis(9_999));

    fail(kind, 1);

    assertThat(state()).isEqualTo(State.OPEN);
    assertThat(pass()).isNull();
    assertThat(chain.room()).isZero();
    assertThat(chain.retryAt(null)).isEqualTo(time.instant().plus(FIRST_WAIT));
  }

  @Test
  void stays_closed_when_the_sixth_error_comes_after_ten_seconds() {
    fail(Kind.BROKEN, 5);
    time.pass(Duration.ofSeconds(10));

    fail(Kind.BROKEN, 5);

    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void opens_however_many_calls_succeed_in_between() {
    for (int i = 0; i < 6; i++) {
      for (int good = 0; good < 50; good++) {
        succeed();
      }
      fail(Kind.BROKEN, 1);
    }

    assertThat(state()).isEqualTo(State.OPEN);
  }

  @ParameterizedTest
  @EnumSource(names = {"MISCONFIGURED", "REFUSED"})
  void does_not_hold_a_refused_request_against_the_model(Kind kind) {
    fail(kind, 100);

    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void does_not_mind_long_streams() {
    for (int i = 0; i < 20; i++) {
      try (var pass = granted()) {
        pass.heard();
        time.pass(Duration.ofMinutes(2));
        pass.answered();
      }
    }

    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void cools_down_for_as_long_as_it_was_asked_to() {
    try (var pass = granted()) {
      pass.failed(failure(Kind.BUSY, Duration.ofSeconds(42)));
    }

    assertThat(state()).isEqualTo(State.COOLING);
    assertThat(chain.retryAt(null)).isEqualTo(time.instant().plusSeconds(42));
    time.pass(Duration.ofMillis(41_999));
    assertThat(pass()).isNull();
    time.pass(Duration.ofMillis(1));
    succeed();
    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void never_opens_on_a_rate_limit() {
    for (int i = 0; i < 20; i++) {
      fail(Kind.BUSY, 1);
      time.pass(Duration.ofSeconds(5));
    }

    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void closes_with_the_first_text_of_a_probe() {
    fail(Kind.AWAY, 6);
    time.pass(FIRST_WAIT);

    var probe = granted();
    assertThat(state()).isEqualTo(State.HALF_OPEN);
    probe.heard();

    assertThat(state()).isEqualTo(State.CLOSED);
    assertThat(changes)
        .containsExactly("a: closed > open", "a: open > half_open", "a: half_open > closed");
  }

  @Test
  void lets_three_probes_through_and_no_more() {
    fail(Kind.AWAY, 6);
    time.pass(FIRST_WAIT);
    assertThat(chain.room()).isEqualTo(3);

    var probes = List.of(granted(), granted(), granted());

    assertThat(pass()).isNull();
    assertThat(chain.room()).isZero();
    probes.forEach(ProviderChain.Pass::close);
  }

  @Test
  void takes_the_permit_of_a_probe_back_that_never_said_how_it_went() {
    fail(Kind.AWAY, 6);
    time.pass(FIRST_WAIT);
    for (int i = 0; i < 50; i++) {
      granted().close();
    }

    assertThat(chain.room()).isEqualTo(3);
    succeed();
    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void opens_again_for_twice_as_long_when_no_probe_comes_through() {
    fail(Kind.AWAY, 6);
    for (var seconds : List.of(5, 10, 20, 30, 30)) {
      assertThat(chain.retryAt(null)).isEqualTo(time.instant().plusSeconds(seconds));
      time.pass(Duration.ofSeconds(seconds));
      fail(Kind.AWAY, 3);
      assertThat(state()).isEqualTo(State.OPEN);
    }
  }

  @Test
  void begins_with_the_short_wait_again_after_it_was_closed() {
    fail(Kind.AWAY, 6);
    time.pass(FIRST_WAIT);
    fail(Kind.AWAY, 3);
    time.pass(FIRST_WAIT.multipliedBy(2));
    succeed();

    fail(Kind.AWAY, 6);

    assertThat(chain.retryAt(null)).isEqualTo(time.instant().plus(FIRST_WAIT));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void does_not_count_what_began_before_it_opened(boolean well) {
    var old = List.of(granted(), granted(), granted());
    fail(Kind.AWAY, 6);
    time.pass(FIRST_WAIT);
    var probe = granted();

    old.forEach(pass -> {
      if (well) {
        pass.answered();
      } else {
        pass.failed(failure(Kind.AWAY, null));
      }
      pass.close();
    });

    assertThat(state()).isEqualTo(State.HALF_OPEN);
    assertThat(chain.room()).isEqualTo(2);
    probe.close();
  }

  @Test
  void a_probe_that_fails_beside_one_that_came_through_counts_as_any_error() {
    fail(Kind.AWAY, 6);
    time.pass(FIRST_WAIT);
    var probes = List.of(granted(), granted(), granted());
    probes.getFirst().heard();

    probes.getLast().failed(failure(Kind.AWAY, null));

    assertThat(state()).isEqualTo(State.CLOSED);
    probes.forEach(ProviderChain.Pass::close);
  }

  @Test
  void asks_each_provider_once_in_their_order() {
    chain = chain("a", "b", "c");
    var round = chain.round(null, 1);

    assertThat(names(round)).containsExactly("a", "b", "c");
  }

  @Test
  void begins_each_try_with_another_provider() {
    chain = chain("a", "b", "c");

    assertThat(names(chain.round(null, 2))).containsExactly("b", "c", "a");
    assertThat(names(chain.round(null, 4))).containsExactly("a", "b", "c");
  }

  private static List<String> names(ProviderChain.Round round) {
    var names = new ArrayList<String>();
    for (var pass = round.next(); pass != null; pass = round.next()) {
      names.add(pass.offer().model().provider());
      pass.close();
    }
    return names;
  }

  @Test
  void leaves_out_who_is_open() {
    chain = chain("a", "b");
    fail(Kind.AWAY, 6);

    assertThat(names(chain.round(null, 1))).containsExactly("b");
    assertThat(chain.retryAt(null)).isNull();
    assertThat(chain.statuses())
        .extracting(ProviderStatus::state)
        .containsExactly(State.OPEN, State.CLOSED);
  }

  @Test
  void asks_a_provider_for_no_more_at_once_than_it_takes() {
    chain = chain(2, "a", "b");
    var first = List.of(granted(), granted());

    assertThat(names(chain.round(null, 1))).containsExactly("b");
    assertThat(chain.room()).isEqualTo(2);

    first.forEach(ProviderChain.Pass::close);
    assertThat(chain.room()).isEqualTo(4);
  }

  @Test
  void gives_a_pass_back_once_however_often_it_is_closed() {
    chain = chain(2, "a");
    var pass = granted();
    pass.close();

    pass.close();

    assertThat(chain.room()).isEqualTo(2);
  }
}
