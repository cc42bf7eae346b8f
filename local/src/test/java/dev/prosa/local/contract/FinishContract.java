package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How a turn ends: once.
abstract class FinishContract extends TurnDatabaseContract {

  private static final TurnState.Failed OVERDUE =
      new TurnState.Failed(FailureCode.DEADLINE_EXCEEDED, null);

  FinishContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
  }

  static Stream<TurnState.Final> ends() {
    return Stream.of(
        COMPLETED,
        new TurnState.Completed(new Reply("", "length", "m", "p", null)),
        new TurnState.Completed(
            new Reply("Hi", "stop", "m", "p", new Usage(3, 2), "brief@0123456789ab")),
        new TurnState.Failed(FailureCode.PROVIDER_REJECTED, "p"),
        OVERDUE,
        new TurnState.Cancelled("so far 👋"),
        new TurnState.Cancelled(""));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void keeps_how_a_turn_ended(TurnState.Final end) {
    var held = claimed();

    var outcome = store.finish(held, end);

    assertThat(outcome).isEqualTo(new FinishOutcome.Finished(held.with(end)));
    assertThat(found(held.job())).isEqualTo(held.with(end));
  }

  @Test
  void keeps_the_longest_reply_to_the_longest_prompt() {
    var held = claimed(turn(store.accept(message(null, "x".repeat(32 * 1024)))).job());
    var longest = new Reply("y".repeat(Reply.MAX_BYTES), "length", "m", "p", null);

    store.finish(held, new TurnState.Completed(longest));

    assertThat(found(held.job()).state()).isEqualTo(new TurnState.Completed(longest));
  }

  @Test
  void recognises_an_end_whose_answer_was_lost() {
    var held = claimed();
    var first = store.finish(held, COMPLETED);

    var again = store.finish(held, COMPLETED);

    assertThat(again).isEqualTo(first).isInstanceOf(FinishOutcome.Finished.class);
  }

  @Test
  void the_first_end_wins() {
    var held = claimed();
    store.finish(held, COMPLETED);

    var second = store.finish(held, OVERDUE);

    assertThat(second).isEqualTo(new FinishOutcome.Beaten(held.with(COMPLETED)));
    assertThat(found(held.job()).state()).isEqualTo(COMPLETED);
  }

  @Test
  void beats_the_holder_of_a_turn_that_was_ended_by_who_only_read_it() {
    var held = claimed();
    store.finish(found(held.job()), OVERDUE);

    var late = store.finish(held, COMPLETED);

    assertThat(late).isEqualTo(new FinishOutcome.Beaten(held.with(OVERDUE)));
  }

  @Test
  void beats_an_attempt_whose_turn_passed_to_another() {
    var held = claimed();
    time.pass(LEASE);
    var other = claimed(held.job());

    var outcome = store.finish(held, COMPLETED);

    assertThat(outcome).isEqualTo(new FinishOutcome.Beaten(other));
    assertThat(found(held.job())).isEqualTo(other);
  }

  @Test
  void beats_an_attempt_whose_turn_another_one_ended() {
    var held = claimed();
    time.pass(LEASE);
    var other = claimed(held.job());
    store.finish(other, new TurnState.Cancelled("theirs"));

    var outcome = store.finish(held, COMPLETED);

    assertThat(outcome)
        .isEqualTo(new FinishOutcome.Beaten(other.with(new TurnState.Cancelled("theirs"))));
  }

  @Test
  void beats_an_attempt_that_gave_its_turn_back() {
    var held = claimed();
    store.release(held, time.instant(), false);

    var outcome = store.finish(held, COMPLETED);

    assertThat(outcome).isEqualTo(new FinishOutcome.Beaten(found(held.job())));
    assertThat(found(held.job()).state().isOpen()).isTrue();
  }

  @Test
  void lets_a_holder_end_a_turn_though_its_lease_is_over() {
    var held = claimed();
    time.pass(LEASE.multipliedBy(2));

    var outcome = store.finish(held, COMPLETED);

    assertThat(outcome).isEqualTo(new FinishOutcome.Finished(held.with(COMPLETED)));
  }

  @Test
  void lets_whoever_read_it_end_a_turn_that_nobody_holds() {
    var turn = accepted();

    var outcome = store.finish(turn, OVERDUE);

    assertThat(outcome).isEqualTo(new FinishOutcome.Finished(turn.with(OVERDUE)));
  }

  @Test
  void lets_whoever_read_it_end_a_turn_whose_backoff_lasts() {
    var held = claimed();
    store.release(held, in(LEASE), false);

    var outcome = store.finish(found(held.job()), new TurnState.Cancelled(""));

    assertThat(outcome).isInstanceOf(FinishOutcome.Finished.class);
  }

  @Test
  void beats_a_reader_when_the_turn_was_claimed_since() {
    var read = accepted();
    var held = claimed(read.job());

    var outcome = store.finish(read, OVERDUE);

    assertThat(outcome).isEqualTo(new FinishOutcome.Beaten(held));
  }

  @Test
  void beats_a_reader_when_the_turn_was_claimed_and_given_back_since() {
    var read = accepted();
    store.release(claimed(read.job()), time.instant(), true);

    var outcome = store.finish(read, OVERDUE);

    assertThat(outcome).isEqualTo(new FinishOutcome.Beaten(found(read.job())));
    assertThat(found(read.job()).state().isOpen()).isTrue();
  }

  @Test
  void beats_who_ends_what_is_not_there() {
    var turn = accepted();
    var gone =
        new Turn(
            turn.job().next(),
            owner,
            "Hi",
            turn.clock(),
            turn.attempts(),
            turn.state(),
            false,
            null,
            null);

    assertThat(store.finish(gone, OVERDUE)).isEqualTo(new FinishOutcome.Beaten(null));
    assertThat(store.find(gone.job())).isNull();
  }

  @Test
  void lets_one_of_20_readers_end_a_turn() throws InterruptedException {
    var turn = accepted();

    var outcomes = Race.run(() -> store.finish(turn, OVERDUE));

    assertThat(outcomes.stream().filter(o -> o instanceof FinishOutcome.Finished)).hasSize(1);
    assertThat(outcomes.stream().filter(o -> o instanceof FinishOutcome.Beaten)).hasSize(19);
  }
}
