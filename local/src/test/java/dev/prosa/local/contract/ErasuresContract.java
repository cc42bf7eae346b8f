package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.Erasures;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Renewal;
import dev.prosa.core.turn.ReopenOutcome;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// How a conversation goes, and that nothing of it comes back. Needs a database of its own for each
/// test.
abstract class ErasuresContract extends TurnDatabaseContract {

  private static final Duration LONG = Duration.ofDays(1);

  private final Erasures erasures;

  ErasuresContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
    this.erasures = database.erasures();
  }

  private ConversationId conversation() {
    return accepted().job().conversation();
  }

  /// Takes a conversation away, and says what was removed.
  private List<Turn> erase(ConversationId id) {
    assertThat(erasures.begin(owner, id)).isTrue();
    var removed = new ArrayList<Turn>();
    for (var some = erasures.removeTurns(id); !some.isEmpty(); some = erasures.removeTurns(id)) {
      assertThat(some).hasSizeLessThanOrEqualTo(25);
      removed.addAll(some);
    }
    return removed;
  }

  private void assertNothingIsLeft(ConversationId id) {
    assertThat(database.conversations().find(id)).isNull();
    assertThat(store.turns(id, Integer.MAX_VALUE, 100)).isEmpty();
    assertThat(database.conversations().scan("", null, 100).turns()).isEmpty();
    time.pass(LONG);
    assertThat(database.open().overdue(1000)).isEmpty();
  }

  @Test
  void hides_a_conversation_and_its_jobs_at_once() {
    var turn = accepted();
    var other = accepted();

    assertThat(erasures.begin(owner, turn.job().conversation())).isTrue();

    assertThat(database.conversations().find(turn.job().conversation())).isNull();
    assertThat(store.find(turn.job())).isNull();
    assertThat(database.conversations().list(owner, null, 100).items())
        .extracting(c -> c.id())
        .containsExactly(other.job().conversation());
    assertThat(store.find(other.job())).isEqualTo(other);
  }

  @Test
  void begins_once() {
    var id = conversation();

    assertThat(erasures.begin(owner, id)).isTrue();
    assertThat(erasures.begin(owner, id)).isFalse();
  }

  @Test
  void one_of_20_begins() throws InterruptedException {
    var id = conversation();

    assertThat(Race.run(() -> erasures.begin(owner, id))).containsOnlyOnce(true);
  }

  @Test
  void does_not_touch_what_is_foreign_or_unknown() {
    var turn = accepted();

    assertThat(erasures.begin(someone(), turn.job().conversation())).isFalse();
    assertThat(erasures.begin(owner, ConversationId.create())).isFalse();

    assertThat(store.find(turn.job())).isEqualTo(turn);
    time.pass(LONG);
    assertThat(erasures.overdueErasures(1000)).isEmpty();
  }

  @Test
  void removes_all_turns_newest_first() {
    var id = conversation();
    for (int i = 0; i < 59; i++) {
      accepted(id);
    }

    var removed = erase(id);

    assertThat(removed).extracting(t -> t.job().turn()).startsWith(60, 59).endsWith(2, 1);
    assertThat(removed).hasSize(60);
    assertNothingIsLeft(id);
  }

  @Test
  void tells_which_of_them_were_open() {
    var first = finished();
    var held = claimed(accepted(first.job().conversation()).job());

    assertThat(erase(first.job().conversation())).containsExactly(held, first);
  }

  @Test
  void whoever_holds_a_turn_loses_it_and_brings_nothing_back() {
    var held = claimed();
    erase(held.job().conversation());

    assertThat(store.renew(held, LEASE)).isEqualTo(Renewal.LOST);
    assertThat(store.release(held, time.instant(), true)).isFalse();
    assertThat(store.finish(held, COMPLETED)).isEqualTo(new FinishOutcome.Beaten(null));
    assertThat(store.claim(held.job(), claim())).isEqualTo(new ClaimOutcome.Missing());
    assertThat(store.requestCancel(held.job())).isNull();
    assertThat(database.open().postpone(held.job(), in(LONG))).isFalse();

    assertNothingIsLeft(held.job().conversation());
  }

  @Test
  void a_failed_turn_is_neither_settled_nor_redriven() {
    var held = claimed();
    var failed = new TurnState.Failed(FailureCode.PROVIDER_TIMEOUT, "p-1");
    var seen = ((FinishOutcome.Finished) store.finish(held, failed)).turn();
    erase(held.job().conversation());

    database.open().settle(seen);

    assertThat(store.reopen(held.job(), DEADLINE)).isEqualTo(new ReopenOutcome.Missing());
    assertNothingIsLeft(held.job().conversation());
  }

  @Test
  void nothing_is_appended_while_20_append_and_one_erases() throws InterruptedException {
    var id = conversation();
    var runner = new AtomicInteger();

    var appended =
        Race.run(() -> {
          if (runner.getAndIncrement() == 7) {
            erase(id);
            return false;
          }
          return store.accept(message(id, "Hi")) instanceof AcceptOutcome.Accepted;
        });

    assertThat(appended).hasSize(20);
    assertNothingIsLeft(id);
  }

  @Test
  void an_erasure_is_looked_at_soon_and_once_more_when_all_is_over() {
    var id = conversation();
    erasures.begin(owner, id);
    assertThat(erasures.overdueErasures(1000)).isEmpty();

    time.pass(Erasures.FIRST_LOOK.plusMillis(1));
    assertThat(erasures.overdueErasures(1000)).containsExactly(id);

    erasures.settle(id);
    assertThat(erasures.overdueErasures(1000)).isEmpty();

    time.pass(Erasures.LAST_LOOK);
    assertThat(erasures.overdueErasures(1000)).containsExactly(id);

    erasures.settle(id);
    time.pass(LONG);
    assertThat(erasures.overdueErasures(1000)).isEmpty();
    assertThat(erasures.begin(owner, id)).isFalse();
  }

  @Test
  void one_of_20_looks_at_an_erasure() throws InterruptedException {
    var id = conversation();
    erasures.begin(owner, id);
    time.pass(LONG);

    var postponed = Race.run(() -> erasures.postpone(id, in(LONG)));

    assertThat(postponed).containsOnlyOnce(true);
    assertThat(erasures.overdueErasures(1000)).isEmpty();
    time.pass(LONG.plusMillis(1));
    assertThat(erasures.overdueErasures(1000)).containsExactly(id);
  }

  @Test
  void looking_creates_nothing() {
    var unknown = ConversationId.create();
    var known = conversation();

    assertThat(erasures.postpone(unknown, in(LONG))).isFalse();
    assertThat(erasures.postpone(known, in(LONG))).isFalse();
    erasures.settle(unknown);
    erasures.settle(known);

    time.pass(LONG);
    assertThat(erasures.overdueErasures(1000)).isEmpty();
    assertThat(database.conversations().find(known)).isNotNull();
    assertThat(database.conversations().find(unknown)).isNull();
  }

  @Test
  void finds_no_more_erasures_than_were_asked_for() {
    for (int i = 0; i < 12; i++) {
      erasures.begin(owner, conversation());
    }
    time.pass(LONG);

    assertThat(erasures.overdueErasures(10)).hasSize(10).doesNotHaveDuplicates();
    assertThat(erasures.overdueErasures(1000)).hasSize(12);
  }

  @Test
  void removes_all_keys_of_an_owner_and_of_nobody_else() {
    var other = someone();
    var kept = accept(other, "key-1");
    for (int i = 0; i < 130; i++) {
      accept(owner, "key-" + i);
    }

    for (var more = true; more; ) {
      more = erasures.removeKeys(owner);
    }

    assertThat(accept(owner, "key-1")).isInstanceOf(AcceptOutcome.Accepted.class);
    assertThat(accept(owner, "key-129")).isInstanceOf(AcceptOutcome.Accepted.class);
    assertThat(accept(other, "key-1")).isEqualTo(new AcceptOutcome.Replayed(turn(kept)));
  }

  private AcceptOutcome accept(OwnerId by, String key) {
    var idempotency = new NewTurn.Idempotency(key, "hash");
    return store.accept(new NewTurn(by, null, "Hi", idempotency, DEADLINE, null, null));
  }
}
