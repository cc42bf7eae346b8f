package dev.prosa.worker.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Decision;
import dev.prosa.core.limit.Limit;
import dev.prosa.core.limit.Quota;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Reservation;
import dev.prosa.core.limit.Scope;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.testing.ManualTime;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementTest {

  private static final Limit HUNDRED = new Limit(0, 0, new Amount(100, 0));
  private static final Scope ANN = new Scope(Scope.Kind.USER, "ann");

  private final Shop shop = new Shop();
  private final Quotas quotas = Quotas.inMemory(new ManualTime());
  private final CallLedger ledger = CallLedger.inMemory();
  private final Settlement settlement = new Settlement(quotas, ledger);

  private boolean passes(long tokens) {
    return quotas.reserve(reservation(tokens)) instanceof Decision.Granted;
  }

  private static Reservation reservation(long tokens) {
    return Reservation.create(
        List.of(new Quota(ANN, HUNDRED)), new Amount(tokens, 0), Duration.ofMinutes(11));
  }

  /// A turn that reserved everything.
  private Turn reserved() {
    var reservation = reservation(100);
    assertThat(quotas.reserve(reservation)).isInstanceOf(Decision.Granted.class);
    return shop.accepted(null, "Hi", reservation.receipt());
  }

  private static ModelCall call(Turn turn, int attempt, ModelCall.Outcome outcome, long tokens) {
    return new ModelCall(
        new ModelCall.Id(turn.job(), attempt, 1),
        "p-1",
        "m-1",
        outcome,
        new Usage(0, tokens),
        false,
        0,
        new ModelCall.Timing(Instant.EPOCH, null, Duration.ZERO));
  }

  private void isSpent(long tokens) {
    assertThat(passes(101 - tokens)).isFalse();
    assertThat(passes(100 - tokens)).isTrue();
  }

  private static Turn ended(Turn turn) {
    return turn.with(new TurnState.Cancelled(""));
  }

  @Test
  void a_turn_is_charged_what_its_calls_took_at_their_end() {
    var turn = shop.claimed(reserved().job());
    settlement.called(call(turn, 1, ModelCall.Outcome.STARTED, 90));
    settlement.called(call(turn, 1, ModelCall.Outcome.ANSWERED, 30));

    settlement.ended(ended(turn));
    settlement.ended(ended(turn));

    isSpent(30);
  }

  @Test
  void a_turn_that_is_gone_is_charged_what_this_worker_asked_for() {
    var turn = shop.claimed(reserved().job());
    settlement.called(call(turn, 1, ModelCall.Outcome.ABORTED, 30));

    settlement.ended(turn);

    isSpent(30);
  }

  @Test
  void a_turn_that_nobody_began_is_charged_nothing() {
    var turn = reserved();

    settlement.ended(ended(turn));

    isSpent(0);
  }

  @Test
  void what_another_worker_asked_is_charged_as_well() {
    var turn = reserved();
    ledger.record(List.of(call(turn, 1, ModelCall.Outcome.STARTED, 20)));
    var first = shop.claimed(turn.job());
    shop.turns.release(first, shop.time.instant(), false);
    var second = shop.claimed(turn.job());
    settlement.called(call(turn, 2, ModelCall.Outcome.ANSWERED, 30));

    settlement.ended(ended(second));

    isSpent(50);
  }

  @Test
  void a_worker_settles_every_turn_that_it_ends() {
    var turn = shop.accepted("Hi");
    shop.model.says("Hello");
    PokeHandler.Keeper keeper = () -> {};

    shop.handler().serve(Shop.poke(turn), keeper);

    assertThat(shop.ended).extracting(Turn::job).containsExactly(turn.job());
  }
}
