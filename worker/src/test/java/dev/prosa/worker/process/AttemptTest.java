package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How one attempt is watched and ended from outside. Watching is in real time, so it is short.
class AttemptTest {

  private static final Duration SHORT = Duration.ofMillis(60);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Shop shop = new Shop();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger kept = new AtomicInteger();

  @AfterEach
  void close() {
    threads.shutdownNow();
    threads.close();
  }

  private void rules(Duration heartbeat, Duration first, Duration gap, Duration total) {
    shop.rules = new Workplace.Rules(Shop.LEASE, heartbeat, 4, first, gap, total);
  }

  private CompletableFuture<PokeOutcome> serving(PokeHandler handler, Turn turn) {
    return CompletableFuture.supplyAsync(
        () -> handler.serve(Shop.poke(turn), kept::incrementAndGet), threads);
  }

  private PokeOutcome outcome(CompletableFuture<PokeOutcome> serving) {
    return serving.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private static PokeOutcome later(long seconds) {
    return new PokeOutcome.RetryLater(Duration.ofSeconds(seconds));
  }

  /// The turn in the hands of another worker, however often a heartbeat comes in between.
  private Turn takenOver(Turn turn) {
    await()
        .atMost(BOUND)
        .until(() -> {
          shop.time.pass(Shop.LEASE.plusSeconds(1));
          var claim = new Claim("other-worker", Shop.LEASE, 4);
          var outcome = shop.database.turns().claim(turn.job(), claim);
          return outcome instanceof ClaimOutcome.Claimed;
        });
    return shop.found(turn);
  }

  private void awaitText() {
    await().atMost(BOUND).until(() -> shop.events().contains("reply.delta"));
  }

  private void isTimeout(Turn turn) {
    var outcome = outcome(serving(shop.handler(), turn));

    assertThat(outcome).isEqualTo(new PokeOutcome.RetryLater(Duration.ofSeconds(2)));
    assertThat(shop.model.wasInterrupted()).isTrue();
    assertThat(shop.found(turn).state())
        .isEqualTo(new TurnState.Accepted(shop.time.instant().plusSeconds(2)));
  }

  @Test
  void does_not_wait_for_ever_for_the_first_text() {
    rules(LONG, SHORT, LONG, LONG);
    shop.model.hangs();

    isTimeout(shop.accepted("Hi"));
  }

  @Test
  void does_not_wait_for_ever_for_the_next_text() {
    rules(LONG, LONG, SHORT, LONG);
    shop.model.hangs("Hel");

    isTimeout(shop.accepted("Hi"));
  }

  @Test
  void does_not_wait_for_ever_for_the_next_text_when_the_first_was_long_in_coming() {
    rules(LONG, LONG, SHORT, LONG);
    shop.model.hangsAfter(SHORT.multipliedBy(3), "Hel");

    isTimeout(shop.accepted("Hi"));
  }

  @Test
  void does_not_write_for_ever() {
    rules(LONG, LONG, LONG, SHORT);
    shop.model.hangs("Hel");

    isTimeout(shop.accepted("Hi"));
  }

  @Test
  void gives_up_after_four_timeouts() {
    rules(LONG, SHORT, LONG, LONG);
    var turn = shop.accepted("Hi");
    for (int i = 0; i < 4; i++) {
      shop.model.hangs();
      outcome(serving(shop.handler(), turn));
      shop.time.pass(Duration.ofSeconds(8));
    }

    assertThat(shop.found(turn).state())
        .isEqualTo(new TurnState.Failed(FailureCode.PROVIDER_TIMEOUT, "p-1"));
  }

  @Test
  void keeps_what_was_written_when_the_owner_stops_it() {
    var turn = shop.accepted("Hi");
    shop.model.hangs("Hel");
    var handler = shop.handler();
    var serving = serving(handler, turn);
    awaitText();

    handler.cancel(turn.job());

    assertThat(outcome(serving)).isEqualTo(new PokeOutcome.Done());
    assertThat(shop.found(turn).state()).isEqualTo(new TurnState.Cancelled("Hel"));
    assertThat(shop.events()).endsWith("job.cancelled");
  }

  @Test
  void notices_by_its_heartbeat_that_the_owner_wants_to_stop() {
    rules(SHORT, LONG, LONG, LONG);
    var turn = shop.accepted("Hi");
    shop.model.hangs("Hel");
    var serving = serving(shop.handler(), turn);
    awaitText();

    shop.database.turns().requestCancel(turn.job());

    assertThat(outcome(serving)).isEqualTo(new PokeOutcome.Done());
    assertThat(shop.found(turn).state()).isEqualTo(new TurnState.Cancelled("Hel"));
  }

  @Test
  void does_not_stop_another_job() {
    var turn = shop.accepted("Hi");
    shop.model.hangs("Hel");
    var handler = shop.handler();
    var serving = serving(handler, turn);
    awaitText();

    handler.cancel(turn.job().next());

    assertThat(shop.model.wasInterrupted()).isFalse();
    handler.cancel(turn.job());
    outcome(serving);
  }

  @Test
  void keeps_lease_and_poke_while_it_writes() {
    rules(Duration.ofMillis(20), LONG, LONG, LONG);
    var turn = shop.accepted("Hi");
    shop.model.hangs("Hel");
    var handler = shop.handler();
    var serving = serving(handler, turn);
    awaitText();
    shop.time.pass(Duration.ofSeconds(20));

    // the second beat from here has certainly renewed the lease at this time
    var enough = kept.get() + 2;
    await().atMost(BOUND).until(() -> kept.get() >= enough);

    shop.time.pass(Duration.ofSeconds(20));
    assertThat(shop.handler().serve(Shop.poke(turn), () -> {}))
        .isIn(later(10), later(30)); // a beat may have come in between
    handler.cancel(turn.job());
    outcome(serving);
  }

  @Test
  void stops_the_model_and_writes_nothing_when_the_lease_is_lost() {
    rules(SHORT, LONG, LONG, LONG);
    var turn = shop.accepted("Hi");
    shop.model.hangs("Hel");
    var serving = serving(shop.handler(), turn);
    awaitText();
    var others = takenOver(turn);

    var outcome = outcome(serving);

    assertThat(outcome).isEqualTo(new PokeOutcome.RetryLater(Duration.ofSeconds(1)));
    assertThat(shop.model.wasInterrupted()).isTrue();
    assertThat(shop.found(turn)).isEqualTo(others);
    assertThat(shop.events()).doesNotContain("reply.completed", "job.failed", "job.cancelled");
  }

  @Test
  void a_reply_that_comes_after_the_lease_was_lost_changes_nothing() {
    var turn = shop.accepted("Hi");
    shop.model.saysAndThen(
        "late",
        () -> {
          shop.time.pass(Shop.LEASE.plusSeconds(1));
          shop.claimed(turn.job());
        });

    var outcome = outcome(serving(shop.handler(), turn));

    assertThat(outcome).isEqualTo(new PokeOutcome.RetryLater(Duration.ofSeconds(1)));
    assertThat(shop.found(turn).attempt()).isEqualTo(2);
    assertThat(shop.found(turn).state().isOpen()).isTrue();
  }

  @Test
  void gives_the_turn_back_without_costing_an_attempt_when_it_drains() {
    var turn = shop.accepted("Hi");
    shop.model.hangs("Hel");
    var handler = shop.handler();
    var serving = serving(handler, turn);
    awaitText();

    handler.drain();

    assertThat(outcome(serving)).isEqualTo(new PokeOutcome.RetryLater(Duration.ZERO));
    assertThat(shop.found(turn).attempts()).isEqualTo(new Turn.Attempts(1, 0));
    assertThat(shop.found(turn).state()).isEqualTo(new TurnState.Accepted(shop.time.instant()));
  }

  @Test
  void takes_no_turn_when_it_drains() {
    var turn = shop.accepted("Hi");
    var handler = shop.handler();

    handler.drain();

    assertThat(outcome(serving(handler, turn)))
        .isEqualTo(new PokeOutcome.RetryLater(Duration.ZERO));
    assertThat(shop.model.calls()).isEmpty();
  }

  @Test
  void leaves_no_interrupt_behind() {
    rules(LONG, SHORT, LONG, LONG);
    shop.model.hangs();
    var turn = shop.accepted("Hi");
    var handler = shop.handler();

    var interrupted =
        CompletableFuture.supplyAsync(
            () -> {
              handler.serve(Shop.poke(turn), () -> {});
              return Thread.currentThread().isInterrupted();
            },
            threads);

    assertThat(interrupted.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
  }
}
