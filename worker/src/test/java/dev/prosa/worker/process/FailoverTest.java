package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.core.usage.ModelCall.Outcome;
import dev.prosa.worker.llm.ModelException.Kind;
import dev.prosa.worker.testing.JumpingClockwork;
import dev.prosa.worker.testing.ScriptedModel;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What happens to a turn when providers fail.
class FailoverTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Shop shop = new Shop();
  private final ScriptedModel one = new ScriptedModel("p-1");
  private final ScriptedModel two = new ScriptedModel("p-2");
  private final Turn turn = shop.accepted("Hi");

  private PokeOutcome serve(ScriptedModel... models) {
    shop.chain = shop.chain(models);
    return serveAgain();
  }

  private PokeOutcome serveAgain() {
    return shop.handler().serve(Shop.poke(turn), () -> {});
  }

  private String provider() {
    return ((TurnState.Completed) shop.found(turn).state()).reply().provider();
  }

  private List<Outcome> outcomes() {
    return shop.calls.stream().map(ModelCall::outcome).filter(o -> o != Outcome.STARTED).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"AWAY", "BUSY", "BROKEN", "MISCONFIGURED"})
  void goes_on_with_the_next_provider_unseen_before_the_first_text(Kind kind) {
    one.isNot(kind);

    var outcome = serve(one, two);

    assertThat(outcome).isEqualTo(new PokeOutcome.Done());
    assertThat(provider()).isEqualTo("p-2");
    assertThat(shop.found(turn).attempt()).isEqualTo(1);
    assertThat(shop.events()).doesNotContain("job.waiting", "job.failed");
    assertThat(outcomes()).containsExactly(Outcome.FAILED, Outcome.ANSWERED);
  }

  @Test
  void goes_on_with_the_next_provider_when_the_first_says_nothing_in_time() {
    var clockwork = new JumpingClockwork(shop.time);
    shop.clockwork = clockwork;
    shop.rules = Workplace.Rules.with(LONG, LONG, LONG.multipliedBy(2));
    one.hangsBehind(() -> clockwork.jump(LONG));

    serve(one, two);

    assertThat(provider()).isEqualTo("p-2");
    assertThat(shop.found(turn).attempt()).isEqualTo(1);
    assertThat(one.wasInterrupted()).isTrue();
  }

  @Test
  void begins_a_new_attempt_with_the_next_provider_after_the_first_text() {
    one.fails(FailureCode.PROVIDER_UNAVAILABLE, "Hel");

    var first = serve(one, two);
    var second = serveAgain();

    assertThat(first).isEqualTo(new PokeOutcome.RetryLater(Duration.ZERO));
    assertThat(second).isEqualTo(new PokeOutcome.Done());
    assertThat(provider()).isEqualTo("p-2");
    assertThat(shop.found(turn).attempt()).isEqualTo(2);
    assertThat(shop.frames())
        .last()
        .asString()
        .contains("\"attempt\":2", "\"content\":\"Hello.\"", "\"provider\":\"p-2\"");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCode.class,
      names = {"PROVIDER_REJECTED", "CONTENT_FILTERED", "CONTEXT_TOO_LONG"})
  void does_not_ask_elsewhere_what_is_refused_everywhere(FailureCode code) {
    one.fails(code);

    serve(one, two);

    assertThat(shop.found(turn).state()).isEqualTo(new TurnState.Failed(code, "p-1"));
    assertThat(two.calls()).isEmpty();
  }

  @Test
  void fails_when_nobody_knows_the_key() {
    one.isNot(Kind.MISCONFIGURED);
    two.isNot(Kind.MISCONFIGURED);

    serve(one, two);

    assertThat(shop.found(turn).state()).isInstanceOf(TurnState.Failed.class);
  }

  @Test
  void waits_without_spending_a_try_while_nobody_is_there() {
    for (int i = 0; i < 10; i++) {
      one.isNot(Kind.AWAY);
    }
    shop.chain = shop.chain(one);
    for (int i = 0; i < 10; i++) {
      assertThat(serveAgain()).isInstanceOf(PokeOutcome.RetryLater.class);
      shop.time.pass(Duration.ofSeconds(30));
    }

    assertThat(serveAgain()).isEqualTo(new PokeOutcome.Done());

    assertThat(shop.found(turn).state()).isInstanceOf(TurnState.Completed.class);
    assertThat(shop.events()).contains("job.waiting");
    assertThat(shop.frames()).anyMatch(frame -> frame.contains("providers_down"));
  }

  @Test
  void fails_at_the_deadline_when_nobody_came_back() {
    for (int i = 0; i < 100; i++) {
      one.isNot(Kind.AWAY);
    }
    shop.chain = shop.chain(one);
    for (int i = 0; i < 30; i++) {
      serveAgain();
      shop.time.pass(Duration.ofSeconds(30));
    }

    assertThat(shop.found(turn).state())
        .isInstanceOfSatisfying(
            TurnState.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED));
  }

  @Test
  void waits_as_long_as_the_only_provider_asks() {
    one.isNot(Kind.BUSY);

    var outcome = serve(one);

    assertThat(outcome).isEqualTo(new PokeOutcome.RetryLater(Duration.ofSeconds(5)));
    assertThat(shop.found(turn).attempts()).isEqualTo(new Turn.Attempts(1, 0));
  }

  @Test
  void asks_nobody_while_every_breaker_is_open() {
    shop.chain = shop.chain(one);
    for (int i = 0; i < 6; i++) {
      one.isNot(Kind.AWAY);
      shop.handler().serve(Shop.poke(shop.accepted("Hi " + i)), () -> {});
    }

    var outcome = serveAgain();

    assertThat(outcome).isEqualTo(new PokeOutcome.RetryLater(Duration.ofSeconds(5)));
    assertThat(one.calls()).hasSize(6);
    // what others were told may still be on its way
    assertThat(shop.frames().stream().filter(frame -> frame.contains(turn.job().value())))
        .singleElement()
        .asString()
        .contains("\"type\":\"job.waiting\"");
  }

  @Test
  void accounts_for_what_was_written_before_it_broke_off() {
    one.fails(FailureCode.PROVIDER_UNAVAILABLE, "12345678");

    serve(one);

    assertThat(shop.calls)
        .last()
        .satisfies(call -> {
          assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
          assertThat(call.usage().completionTokens()).isEqualTo(2);
          assertThat(call.estimated()).isTrue();
        });
  }

  @Test
  void charges_nothing_for_a_call_that_was_not_taken() {
    one.isNot(Kind.AWAY);

    serve(one);

    assertThat(shop.calls)
        .last()
        .satisfies(call -> {
          assertThat(call.usage().promptTokens()).isZero();
          assertThat(call.estimated()).isFalse();
        });
  }
}
