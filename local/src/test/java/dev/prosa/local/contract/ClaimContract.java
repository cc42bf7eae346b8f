package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Lease;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// How a worker takes a turn.
abstract class ClaimContract extends TurnDatabaseContract {

  ClaimContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
  }

  @Test
  void takes_an_accepted_turn_for_attempt_1() {
    var turn = accepted();
    var claim = claim();

    var outcome = store.claim(turn.job(), claim);

    var lease = new Lease(claim.token(), in(LEASE));
    assertThat(outcome).isEqualTo(new ClaimOutcome.Claimed(running(turn, 1, lease)));
    assertThat(store.find(turn.job())).isEqualTo(running(turn, 1, lease));
  }

  private static Turn running(Turn turn, int attempt, Lease lease) {
    return new Turn(
        turn.job(),
        turn.owner(),
        turn.prompt(),
        turn.clock(),
        new Turn.Attempts(attempt, attempt),
        new TurnState.Running(lease),
        false,
        null,
        null);
  }

  @Test
  void leaves_a_leased_turn_to_its_holder() {
    var held = claimed();
    time.pass(LEASE.minusMillis(1));

    var outcome = store.claim(held.job(), claim());

    assertThat(outcome).isEqualTo(new ClaimOutcome.Busy(in(Duration.ofMillis(1))));
    assertThat(store.find(held.job())).isEqualTo(held);
  }

  @Test
  void takes_a_turn_over_when_its_lease_is_over() {
    var held = claimed();
    time.pass(LEASE);
    var claim = claim();

    var outcome = store.claim(held.job(), claim);

    var lease = new Lease(claim.token(), in(LEASE));
    assertThat(outcome).isEqualTo(new ClaimOutcome.Claimed(running(held, 2, lease)));
  }

  @Test
  void waits_for_the_end_of_a_backoff() {
    var held = claimed();
    store.release(held, in(Duration.ofSeconds(4)), false);
    time.pass(Duration.ofSeconds(3));

    var outcome = store.claim(held.job(), claim());

    assertThat(outcome).isEqualTo(new ClaimOutcome.Busy(in(Duration.ofSeconds(1))));
  }

  @Test
  void takes_a_turn_again_when_its_backoff_is_over() {
    var held = claimed();
    store.release(held, in(Duration.ofSeconds(4)), false);
    time.pass(Duration.ofSeconds(4));

    var again = claimed(held.job());

    assertThat(again.attempts()).isEqualTo(new Turn.Attempts(2, 2));
  }

  @Test
  void recognises_a_claim_whose_answer_was_lost() {
    var turn = accepted();
    var claim = claim();
    var first = store.claim(turn.job(), claim);
    time.pass(Duration.ofSeconds(1));

    var again = store.claim(turn.job(), claim);

    assertThat(again).isEqualTo(first);
    assertThat(found(turn.job()).attempt()).isEqualTo(1);
  }

  @Test
  void recognises_a_lost_last_claim() {
    var turn = accepted();
    var claim = new Claim("last-" + turn.job(), LEASE, 1);
    var first = store.claim(turn.job(), claim);

    var again = store.claim(turn.job(), claim);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void gives_up_when_no_attempt_is_left() {
    var job = accepted().job();
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      store.release(claimed(job), time.instant(), false);
    }

    var outcome = store.claim(job, claim());

    assertThat(outcome).isEqualTo(new ClaimOutcome.Exhausted(found(job)));
    assertThat(found(job).attempts()).isEqualTo(new Turn.Attempts(MAX_ATTEMPTS, MAX_ATTEMPTS));
  }

  @Test
  void gives_up_when_the_last_attempt_died() {
    var job = accepted().job();
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      claimed(job);
      time.pass(LEASE);
    }

    var outcome = store.claim(job, claim());

    assertThat(outcome).isEqualTo(new ClaimOutcome.Exhausted(found(job)));
    assertThat(found(job).state()).isInstanceOf(TurnState.Running.class);
  }

  @Test
  void is_busy_as_long_as_the_last_attempt_runs() {
    var job = accepted().job();
    store.claim(job, new Claim("only-" + job, LEASE, 1));

    var outcome = store.claim(job, new Claim("late-" + job, LEASE, 1));

    assertThat(outcome).isEqualTo(new ClaimOutcome.Busy(in(LEASE)));
  }

  @Test
  void shows_a_final_turn_instead_of_taking_it() {
    var ended = finished();

    var outcome = store.claim(ended.job(), claim());

    assertThat(outcome).isEqualTo(new ClaimOutcome.AlreadyFinal(ended));
  }

  @Test
  void misses_a_turn_that_is_not_there() {
    var outcome = store.claim(accepted().job().next(), claim());

    assertThat(outcome).isEqualTo(new ClaimOutcome.Missing());
  }

  @Test
  void creates_nothing_by_claiming_what_is_not_there() {
    var job = new JobId(ConversationId.create(), 1);

    store.claim(job, claim());

    assertThat(store.find(job)).isNull();
  }

  @Test
  void lets_one_of_20_have_it() throws InterruptedException {
    var job = accepted().job();

    var outcomes = Race.run(() -> store.claim(job, claim()));

    assertThat(outcomes.stream().filter(o -> o instanceof ClaimOutcome.Claimed)).hasSize(1);
    assertThat(outcomes.stream().filter(o -> o instanceof ClaimOutcome.Busy)).hasSize(19);
    assertThat(found(job).attempt()).isEqualTo(1);
  }
}
