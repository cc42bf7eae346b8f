package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.Renewal;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// How a worker keeps a turn, gives it back, and learns that it shall stop.
abstract class LeaseContract extends TurnDatabaseContract {

  LeaseContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
  }

  @Test
  void a_renewed_lease_lasts_from_now() {
    var held = claimed();
    time.pass(Duration.ofSeconds(20));

    var renewal = store.renew(held, LEASE);

    assertThat(renewal).isEqualTo(Renewal.HELD);
    assertThat(store.claim(held.job(), claim())).isEqualTo(new ClaimOutcome.Busy(in(LEASE)));
  }

  @Test
  void a_lease_that_is_over_is_renewed_when_nobody_took_the_turn() {
    var held = claimed();
    time.pass(LEASE.plusSeconds(1));

    assertThat(store.renew(held, LEASE)).isEqualTo(Renewal.HELD);
  }

  @Test
  void a_lease_is_lost_to_the_next_attempt() {
    var held = claimed();
    time.pass(LEASE);
    var other = claimed(held.job());

    var renewal = store.renew(held, LEASE);

    assertThat(renewal).isEqualTo(Renewal.LOST);
    assertThat(found(held.job())).isEqualTo(other);
  }

  @Test
  void a_lease_is_lost_by_giving_the_turn_back() {
    var held = claimed();
    store.release(held, time.instant(), false);

    assertThat(store.renew(held, LEASE)).isEqualTo(Renewal.LOST);
  }

  @Test
  void a_lease_is_lost_when_the_turn_is_final() {
    var held = claimed();
    store.finish(held, COMPLETED);

    assertThat(store.renew(held, LEASE)).isEqualTo(Renewal.LOST);
  }

  @Test
  void a_renewal_tells_that_the_owner_wants_to_stop() {
    var held = claimed();
    store.requestCancel(held.job());

    var renewal = store.renew(held, LEASE);

    assertThat(renewal).isEqualTo(Renewal.CANCEL_REQUESTED);
  }

  @Test
  void a_turn_given_back_waits_for_the_next_attempt() {
    var held = claimed();
    var later = in(Duration.ofSeconds(2));

    var given = store.release(held, later, false);

    assertThat(given).isTrue();
    assertThat(found(held.job()).state()).isEqualTo(new TurnState.Accepted(later));
    assertThat(found(held.job()).attempts()).isEqualTo(new Turn.Attempts(1, 1));
  }

  @Test
  void a_forgiven_attempt_is_numbered_but_not_counted() {
    var held = claimed();

    store.release(held, time.instant(), true);

    assertThat(found(held.job()).attempts()).isEqualTo(new Turn.Attempts(1, 0));
    assertThat(claimed(held.job()).attempts()).isEqualTo(new Turn.Attempts(2, 1));
  }

  @Test
  void forgiven_attempts_never_exhaust_a_turn() {
    var job = accepted().job();
    for (int i = 0; i < 2 * MAX_ATTEMPTS; i++) {
      store.release(claimed(job), time.instant(), true);
    }

    var outcome = store.claim(job, claim());

    assertThat(outcome).isInstanceOf(ClaimOutcome.Claimed.class);
  }

  @Test
  void giving_back_is_recognised_when_its_answer_was_lost() {
    var held = claimed();
    store.release(held, time.instant(), true);

    var again = store.release(held, time.instant(), true);

    assertThat(again).isTrue();
    assertThat(found(held.job()).attempts()).isEqualTo(new Turn.Attempts(1, 0));
  }

  @Test
  void a_turn_that_passed_to_another_attempt_cannot_be_given_back() {
    var held = claimed();
    time.pass(LEASE);
    var other = claimed(held.job());

    var given = store.release(held, time.instant(), false);

    assertThat(given).isFalse();
    assertThat(found(held.job())).isEqualTo(other);
  }

  @Test
  void a_final_turn_cannot_be_given_back() {
    var held = claimed();
    store.finish(held, COMPLETED);

    var given = store.release(held, time.instant(), false);

    assertThat(given).isFalse();
    assertThat(found(held.job()).state()).isEqualTo(COMPLETED);
  }

  @Test
  void the_wish_to_stop_is_noted_while_the_turn_waits() {
    var turn = accepted();

    var noted = store.requestCancel(turn.job());

    assertThat(noted).isEqualTo(store.find(turn.job()));
    assertThat(noted).extracting(Turn::cancelRequested, Turn::state).contains(true, turn.state());
  }

  @Test
  void the_wish_to_stop_outlives_claims_and_backoffs() {
    var held = claimed();
    store.requestCancel(held.job());
    store.release(held, time.instant(), false);

    var next = claimed(held.job());

    assertThat(next.cancelRequested()).isTrue();
  }

  @Test
  void the_wish_to_stop_comes_too_late_for_a_final_turn() {
    var ended = finished();

    var found = store.requestCancel(ended.job());

    assertThat(found).isEqualTo(ended);
    assertThat(found(ended.job()).cancelRequested()).isFalse();
  }

  @Test
  void nothing_is_stopped_that_is_not_there() {
    var job = accepted().job().next();

    assertThat(store.requestCancel(job)).isNull();
    assertThat(store.find(job)).isNull();
  }
}
