package dev.prosa.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.prosa.core.erase.Erasure;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.Erasures;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.worker.testing.Away;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasureSweepTest {

  private final Shop shop = new Shop();
  private final CallLedger calls = CallLedger.inMemory();
  private final Quotas quotas = Quotas.inMemory(shop.time);
  private final Erasures erasures = shop.database.erasures();

  private ErasureSweep sweep(Erasures store, ContextCache contexts) {
    return new ErasureSweep(new Erasure(store, calls, quotas, shop.channel), contexts, shop.time);
  }

  private void sweep() {
    sweep(erasures, shop.contexts).run();
  }

  /// A conversation whose erasure was begun by somebody who died then.
  private Turn begun() {
    var turn = shop.accepted("Hi");
    assertThat(erasures.begin(Shop.ANN, turn.job().conversation())).isTrue();
    return turn;
  }

  private void callOf(JobId job) {
    var call =
        new ModelCall(
            new ModelCall.Id(job, 1, 1),
            "p",
            "m",
            ModelCall.Outcome.ABORTED,
            new Usage(1, 1),
            false,
            1,
            new ModelCall.Timing(Instant.EPOCH, null, Duration.ZERO));
    calls.record(List.of(call));
  }

  private CallTotals callsOf(Turn turn) {
    return calls.ofConversation(turn.job().conversation());
  }

  private static ConversationId id(Turn turn) {
    return turn.job().conversation();
  }

  @Test
  void finishes_what_somebody_began() {
    var turn = begun();
    callOf(turn.job());
    var stops = new ArrayList<JobId>();
    shop.time.pass(Duration.ofSeconds(11));
    try (var _ = shop.channel.onStop(stops::add)) {
      sweep();
    }

    assertThat(erasures.removeTurns(id(turn))).isEmpty();
    assertThat(callsOf(turn)).isEqualTo(CallTotals.NONE);
    assertThat(stops).containsExactly(turn.job());
    assertThat(shop.events()).containsExactly("job.cancelled");
  }

  @Test
  void leaves_an_erasure_to_who_began_it_for_a_moment() {
    var turn = begun();
    shop.time.pass(Duration.ofSeconds(10));

    sweep();

    assertThat(erasures.removeTurns(id(turn))).isNotEmpty();
  }

  @Test
  void forgets_the_context() {
    var turn = begun();
    shop.contexts.put(id(turn), ConversationContext.EMPTY);
    shop.time.pass(Duration.ofSeconds(11));

    sweep();

    assertThat(shop.contexts.find(id(turn), 0)).isNull();
  }

  @Test
  void deletes_what_a_worker_wrote_down_late() {
    var turn = begun();
    shop.time.pass(Duration.ofSeconds(11));
    sweep();
    callOf(turn.job());
    sweep();
    assertThat(callsOf(turn).calls()).isEqualTo(1);

    shop.time.pass(Erasures.LAST_LOOK);
    sweep();

    assertThat(callsOf(turn)).isEqualTo(CallTotals.NONE);
    shop.time.pass(Duration.ofDays(1));
    assertThat(erasures.overdueErasures(10)).isEmpty();
  }

  @Test
  void goes_on_without_redis() {
    var turn = begun();
    shop.time.pass(Duration.ofSeconds(11));
    shop.channel = Away.channel();

    sweep(erasures, Away.contexts()).run();

    assertThat(erasures.removeTurns(id(turn))).isEmpty();
    assertThat(erasures.overdueErasures(10)).isEmpty();
  }

  @Test
  void tries_again_when_the_store_went_away_in_between() {
    var turn = begun();
    shop.time.pass(Duration.ofSeconds(11));
    var away = new StoreUnavailableException("away", null);
    var broken = new Erasure(new Unfinished(erasures, away), calls, quotas, shop.channel);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> new ErasureSweep(broken, shop.contexts, shop.time).run());

    shop.time.pass(Duration.ofSeconds(61));
    sweep();

    assertThat(erasures.removeTurns(id(turn))).isEmpty();
  }

  @Test
  void goes_on_behind_one_that_cannot_be_erased() {
    begun();
    begun();
    shop.time.pass(Duration.ofSeconds(11));
    var defect = new Unfinished(erasures, new IllegalStateException("a defect"));

    sweep(defect, shop.contexts).run();

    assertThat(defect.tried()).isEqualTo(2);
  }

  @Test
  void stops_when_its_time_is_over() {
    var turn = begun();
    var other = begun();
    shop.time.pass(Duration.ofSeconds(11));
    var slow = new Erasure(new Slow(erasures), calls, quotas, shop.channel);

    new ErasureSweep(slow, shop.contexts, shop.time).run();

    assertThat(List.of(erasures.removeTurns(id(turn)), erasures.removeTurns(id(other))))
        .containsOnlyOnce(List.of());
  }

  /// Erasures that take half a minute for each step.
  private final class Slow extends Wrapped {

    Slow(Erasures whole) {
      super(whole);
    }

    @Override
    public List<Turn> removeTurns(ConversationId conversation) {
      shop.time.pass(Duration.ofSeconds(30));
      return super.removeTurns(conversation);
    }
  }

  /// Erasures that break off.
  private static final class Unfinished extends Wrapped {

    private final RuntimeException failure;
    private int tried;

    Unfinished(Erasures whole, RuntimeException failure) {
      super(whole);
      this.failure = failure;
    }

    int tried() {
      return tried;
    }

    @Override
    public List<Turn> removeTurns(ConversationId conversation) {
      tried++;
      throw failure;
    }
  }

  private static class Wrapped implements Erasures {

    private final Erasures whole;

    Wrapped(Erasures whole) {
      this.whole = whole;
    }

    @Override
    public boolean begin(OwnerId owner, ConversationId conversation) {
      return whole.begin(owner, conversation);
    }

    @Override
    public List<Turn> removeTurns(ConversationId conversation) {
      return whole.removeTurns(conversation);
    }

    @Override
    public boolean removeKeys(OwnerId owner) {
      return whole.removeKeys(owner);
    }

    @Override
    public List<ConversationId> overdueErasures(int limit) {
      return whole.overdueErasures(limit);
    }

    @Override
    public boolean postpone(ConversationId conversation, Instant until) {
      return whole.postpone(conversation, until);
    }

    @Override
    public void settle(ConversationId conversation) {
      whole.settle(conversation);
    }
  }
}
