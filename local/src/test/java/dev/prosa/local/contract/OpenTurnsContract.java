package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.OpenTurns;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How forgotten turns are found. Needs a database of its own for each test.
abstract class OpenTurnsContract extends TurnDatabaseContract {

  private static final Duration LONG = Duration.ofHours(1);

  private final OpenTurns open;

  OpenTurnsContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
    this.open = database.open();
  }

  @Test
  void a_new_turn_is_left_to_its_poke() {
    accepted();

    time.pass(Duration.ofSeconds(15));

    assertThat(open.overdue(1000)).isEmpty();
  }

  @Test
  void a_turn_that_nobody_claims_is_overdue() {
    var turn = accepted();

    time.pass(Duration.ofSeconds(16));

    assertThat(open.overdue(1000)).containsExactly(turn.job());
  }

  @Test
  void a_held_turn_is_not_overdue() {
    var held = claimed();
    time.pass(LEASE.dividedBy(2));
    store.renew(held, LEASE);

    time.pass(LEASE.minusMillis(1));

    assertThat(open.overdue(1000)).isEmpty();
  }

  @Test
  void a_turn_is_overdue_when_its_lease_is_over() {
    var held = claimed();

    time.pass(LEASE.plusMillis(1));

    assertThat(open.overdue(1000)).containsExactly(held.job());
  }

  @Test
  void a_turn_is_overdue_when_its_backoff_is_over() {
    var held = claimed();
    store.release(held, in(Duration.ofSeconds(8)), false);

    time.pass(Duration.ofSeconds(8));
    assertThat(open.overdue(1000)).isEmpty();

    time.pass(Duration.ofMillis(1));
    assertThat(open.overdue(1000)).containsExactly(held.job());
  }

  @Test
  void a_final_turn_is_never_overdue() {
    store.finish(accepted(), new TurnState.Cancelled(""));
    finished();

    time.pass(LONG);

    assertThat(open.overdue(1000)).isEmpty();
  }

  @Test
  void a_failed_turn_is_overdue_until_it_is_settled() {
    var turn = claimed();
    store.finish(turn, new TurnState.Failed(FailureCode.PROVIDER_UNAVAILABLE, "p"));
    time.pass(LONG);
    assertThat(open.overdue(1000)).containsExactly(turn.job());

    open.settle(turn);

    assertThat(open.overdue(1000)).isEmpty();
  }

  @Test
  void a_turn_that_failed_again_is_not_settled_by_who_buried_it_the_first_time() {
    var first = claimed();
    store.finish(first, new TurnState.Failed(FailureCode.PROVIDER_UNAVAILABLE, "p"));
    store.reopen(first.job(), DEADLINE);
    store.finish(claimed(first.job()), new TurnState.Failed(FailureCode.PROVIDER_TIMEOUT, "p"));

    open.settle(first);

    time.pass(LONG);
    assertThat(open.overdue(1000)).containsExactly(first.job());
  }

  @Test
  void a_reopened_turn_that_nobody_claims_is_overdue() {
    var failed = claimed();
    store.finish(failed, new TurnState.Failed(FailureCode.PROVIDER_REJECTED, "p-1"));
    open.settle(failed);

    store.reopen(failed.job(), DEADLINE);
    open.settle(failed); // a worker that buried it comes late

    time.pass(Duration.ofSeconds(15));
    assertThat(open.overdue(1000)).isEmpty();
    time.pass(Duration.ofSeconds(1));
    assertThat(open.overdue(1000)).containsExactly(failed.job());
  }

  @Test
  void an_open_turn_cannot_be_settled() {
    var turn = accepted();
    time.pass(LONG);

    open.settle(turn);

    assertThat(open.overdue(1000)).containsExactly(turn.job());
  }

  @Test
  void finds_the_turns_of_all_conversations() {
    var jobs = Stream.generate(() -> accepted().job()).limit(25).toList();

    time.pass(LONG);

    assertThat(open.overdue(1000)).containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Test
  void finds_no_more_turns_than_were_asked_for() {
    var jobs = Stream.generate(() -> accepted().job()).limit(25).toList();

    time.pass(LONG);

    assertThat(open.overdue(10)).hasSize(10).doesNotHaveDuplicates().isSubsetOf(jobs);
  }

  @Test
  void a_postponed_turn_is_overdue_later() {
    var job = accepted().job();
    time.pass(LONG);

    assertThat(open.postpone(job, in(LONG))).isTrue();
    assertThat(open.overdue(1000)).isEmpty();

    time.pass(LONG.plusMillis(1));
    assertThat(open.overdue(1000)).containsExactly(job);
  }

  @Test
  void a_glance_shows_open_turns_whoever_looks_after_them() {
    var accepted = accepted();
    var held = claimed();
    store.finish(claimed(), new TurnState.Failed(FailureCode.PROVIDER_REJECTED, "p-1"));
    finished();

    var glance = open.glance();

    assertThat(glance.turns()).containsExactlyInAnyOrder(accepted, held);
    assertThat(glance.whole()).isTrue();
  }

  @Test
  void a_glance_shows_some_of_many_open_turns() {
    var jobs = Stream.generate(() -> accepted().job()).limit(250).toList();

    var glance = open.glance();

    assertThat(glance.whole()).isFalse();
    assertThat(glance.turns())
        .hasSizeBetween(1, OpenTurns.Glance.MOST_GLANCED)
        .extracting(Turn::job)
        .doesNotHaveDuplicates()
        .isSubsetOf(jobs);
  }

  @Test
  void one_of_20_postpones_a_turn() throws InterruptedException {
    var job = accepted().job();
    time.pass(LONG);

    var postponed = Race.run(() -> open.postpone(job, in(LONG)));

    assertThat(postponed).containsOnlyOnce(true);
  }

  @Test
  void a_turn_that_was_taken_since_is_not_postponed() {
    var job = accepted().job();
    time.pass(LONG);
    claimed(job);

    assertThat(open.postpone(job, in(LONG))).isFalse();

    time.pass(LEASE.plusMillis(1));
    assertThat(open.overdue(1000)).containsExactly(job);
  }

  @Test
  void a_final_turn_is_not_postponed() {
    var ended = finished();
    time.pass(LONG);

    assertThat(open.postpone(ended.job(), in(LONG))).isFalse();
    assertThat(store.find(ended.job())).isEqualTo(ended);
  }

  @Test
  void postponing_creates_nothing() {
    var job = accepted().job().next();

    assertThat(open.postpone(job, in(LONG))).isFalse();
    assertThat(store.find(job)).isNull();
  }
}
