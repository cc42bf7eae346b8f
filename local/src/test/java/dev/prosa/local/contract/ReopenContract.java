package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.ReopenOutcome;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How a failed turn is opened again: once, and with a higher attempt than ever before.
abstract class ReopenContract extends TurnDatabaseContract {

  private static final TurnState.Failed FAILED =
      new TurnState.Failed(FailureCode.PROVIDER_UNAVAILABLE, "p-1");

  ReopenContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
  }

  private Turn failed() {
    return ((FinishOutcome.Finished) store.finish(claimed(), FAILED)).turn();
  }

  private Turn reopened(Turn failed) {
    return ((ReopenOutcome.Reopened) store.reopen(failed.job(), DEADLINE)).turn();
  }

  static Stream<TurnState.Final> otherEnds() {
    return Stream.of(COMPLETED, new TurnState.Cancelled("so far"));
  }

  @Test
  void makes_a_failed_turn_as_good_as_new_with_a_higher_attempt() {
    var failed = failed();
    time.pass(Duration.ofHours(1));

    var turn = reopened(failed);

    assertThat(turn.state()).isEqualTo(new TurnState.Accepted(null));
    assertThat(turn.attempts()).isEqualTo(new Turn.Attempts(failed.attempt() + 1, 0));
    assertThat(turn.clock()).isEqualTo(new Turn.Span(failed.clock().createdAt(), in(DEADLINE)));
    assertThat(turn.prompt()).isEqualTo(failed.prompt());
    assertThat(found(failed.job())).isEqualTo(turn);
  }

  @Test
  void keeps_what_was_asked_for() {
    var request = new NewTurn(owner, null, "Hi", null, DEADLINE, null, "m-2", "brief", null);
    var asked = turn(store.accept(request));
    store.finish(claimed(asked.job()), FAILED);

    var turn = reopened(asked);

    assertThat(List.of(turn, found(asked.job())))
        .allMatch(t -> "m-2".equals(t.model()) && "brief".equals(t.promptName()));
  }

  @Test
  void the_next_attempt_is_higher_than_that_of_the_redrive() {
    var turn = reopened(failed());

    var claimed = claimed(turn.job());

    assertThat(claimed.attempts()).isEqualTo(new Turn.Attempts(3, 1));
  }

  @Test
  void has_all_attempts_again() {
    var turn = reopened(failed());

    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      store.release(claimed(turn.job()), time.instant(), false);
    }

    assertThat(found(turn.job()).attempts()).isEqualTo(new Turn.Attempts(6, MAX_ATTEMPTS));
  }

  @Test
  void forgets_the_wish_to_stop_it() {
    var held = claimed();
    store.requestCancel(held.job());
    store.finish(held, FAILED);

    assertThat(reopened(held).cancelRequested()).isFalse();
    assertThat(found(held.job()).cancelRequested()).isFalse();
  }

  @Test
  void keeps_how_it_ends_afterwards() {
    var held = claimed(reopened(failed()).job());

    var outcome = store.finish(held, COMPLETED);

    assertThat(outcome).isEqualTo(new FinishOutcome.Finished(held.with(COMPLETED)));
  }

  @Test
  void can_fail_and_be_reopened_again() {
    var held = claimed(reopened(failed()).job());
    store.finish(held, FAILED);

    assertThat(reopened(held).attempts()).isEqualTo(new Turn.Attempts(4, 0));
  }

  @Test
  void is_reopened_once() {
    var turn = reopened(failed());

    var again = store.reopen(turn.job(), DEADLINE);

    assertThat(again).isEqualTo(new ReopenOutcome.NotFailed(turn));
    assertThat(found(turn.job())).isEqualTo(turn);
  }

  @ParameterizedTest
  @MethodSource("otherEnds")
  void leaves_a_turn_alone_that_ended_otherwise(TurnState.Final end) {
    var held = claimed();
    store.finish(held, end);

    var outcome = store.reopen(held.job(), DEADLINE);

    assertThat(outcome).isEqualTo(new ReopenOutcome.NotFailed(held.with(end)));
    assertThat(found(held.job()).state()).isEqualTo(end);
  }

  @Test
  void leaves_a_running_turn_alone() {
    var held = claimed();

    assertThat(store.reopen(held.job(), DEADLINE)).isEqualTo(new ReopenOutcome.NotFailed(held));
  }

  @Test
  void knows_when_there_is_no_such_turn() {
    var nobodys = accepted().job().next();

    assertThat(store.reopen(nobodys, DEADLINE)).isEqualTo(new ReopenOutcome.Missing());
    assertThat(store.find(nobodys)).isNull();
  }

  @Test
  void a_worker_that_comes_late_does_not_end_the_reopened_turn() {
    var held = claimed();
    store.finish(held, FAILED);
    var turn = reopened(held);

    var late = store.finish(held, FAILED);

    assertThat(late).isEqualTo(new FinishOutcome.Beaten(turn));
    assertThat(found(turn.job())).isEqualTo(turn);
  }

  @Test
  void lets_one_of_20_reopen_a_turn() throws InterruptedException {
    var failed = failed();

    var outcomes = Race.run(() -> store.reopen(failed.job(), DEADLINE));

    assertThat(outcomes.stream().filter(o -> o instanceof ReopenOutcome.Reopened)).hasSize(1);
    assertThat(found(failed.job()).attempts()).isEqualTo(new Turn.Attempts(2, 0));
  }
}
