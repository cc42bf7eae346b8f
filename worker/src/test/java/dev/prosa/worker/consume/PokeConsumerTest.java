package dev.prosa.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueDepth;
import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.llm.ModelException;
import dev.prosa.worker.llm.ModelException.Kind;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.process.PokeOutcome;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PokeConsumerTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  /// As long as whoever closes the consumer waits for its last poll; what is polled here is patient
  /// for a moment only.
  private static final Duration POLL = Duration.ofSeconds(10);

  private static final Duration MOMENT = Duration.ofMillis(5);

  private final Shop shop = new Shop();

  private Consumption consume(PokeHandler handler, int permits) {
    return Consumption.start(new Patient(shop.queue), handler, permits, POLL);
  }

  private Turn poked() {
    var turn = shop.accepted("Hi");
    shop.queue.send(Shop.poke(turn), Shop.ANN);
    return turn;
  }

  private List<ReceivedPoke> visible() {
    return shop.queue.receive(JobQueue.MAX_RECEIVE, Duration.ZERO);
  }

  @Test
  void serves_a_poke_and_deletes_it() {
    var turn = poked();

    try (var _ = consume(shop.handler(), 2)) {
      await().atMost(BOUND).until(() -> shop.queue.size() == 0);
    }

    assertThat(shop.found(turn).state()).isInstanceOf(TurnState.Completed.class);
  }

  @Test
  void goes_on_with_the_next_open_turn_though_its_poke_was_lost() {
    var first = poked();
    var second = shop.accepted(first.job().conversation(), "two");

    try (var _ = consume(shop.handler(), 2)) {
      await().atMost(BOUND).until(() -> !shop.found(second).state().isOpen());
    }

    assertThat(shop.model.questions()).containsExactly("Hi", "two");
  }

  @Test
  void receives_nothing_while_no_provider_takes_calls() {
    shop.chain = shop.chain(shop.model);
    for (int i = 0; i < 6; i++) {
      try (var pass = Objects.requireNonNull(shop.chain.round(null, 1).next())) {
        pass.failed(
            new ModelException(Kind.AWAY, FailureCode.PROVIDER_UNAVAILABLE, "as told", null));
      }
    }
    var turn = poked();
    var receiving = new Patient(shop.queue);

    try (var _ = Consumption.start(receiving, shop.handler(), 2, POLL)) {
      await().during(Duration.ofMillis(300)).until(() -> receiving.received() == 0);
      shop.time.pass(Duration.ofSeconds(5));
      await().atMost(BOUND).until(() -> !shop.found(turn).state().isOpen());
    }

    assertThat(shop.found(turn).attempts()).isEqualTo(new Turn.Attempts(1, 1));
  }

  @Test
  void moves_what_is_not_a_poke_to_the_dead_letter_queue() {
    shop.queue.sendBody("garbage");

    try (var _ = consume(shop.handler(), 2)) {
      await().atMost(BOUND).until(() -> shop.queue.size() == 0);
    }

    assertThat(shop.queue.deadLetters())
        .containsExactly(new DeadLetter("garbage", DeadLetter.MALFORMED, 0, null, null));
  }

  @Test
  void hands_a_poke_back_for_as_long_as_it_was_told() {
    poked();
    var served = new AtomicInteger();
    try (var _ =
        consume(
            new Handler(_ -> {
              served.incrementAndGet();
              return new PokeOutcome.RetryLater(Duration.ofSeconds(4));
            }),
            2)) {
      await().atMost(BOUND).until(() -> served.get() == 1);
    }

    shop.time.pass(Duration.ofSeconds(3));
    assertThat(visible()).isEmpty();
    shop.time.pass(Duration.ofSeconds(1));
    assertThat(visible()).hasSize(1);
  }

  @Test
  void keeps_a_poke_whose_handler_failed() {
    poked();
    var served = new AtomicInteger();
    try (var _ =
        consume(
            new Handler(_ -> {
              served.incrementAndGet();
              throw new IllegalStateException("a defect");
            }),
            1)) {
      await().atMost(BOUND).until(() -> served.get() == 1);
      shop.time.pass(Shop.LEASE);
      await().atMost(BOUND).until(() -> served.get() == 2);
    }

    assertThat(shop.queue.size()).isEqualTo(1);
  }

  @Test
  void never_serves_more_pokes_at_once_than_it_has_permits() {
    for (int i = 0; i < 12; i++) {
      poked();
    }
    var gate = new Gate();
    try (var _ = consume(new Handler(gate::pass), 3)) {
      await().atMost(BOUND).until(() -> gate.inside.get() == 3);
      gate.open.countDown();
      await().atMost(BOUND).until(() -> shop.queue.size() == 0);
    }

    assertThat(gate.most.get()).isEqualTo(3);
  }

  @Test
  void receives_no_message_that_it_has_no_permit_for() {
    for (int i = 0; i < 12; i++) {
      poked();
    }
    var gate = new Gate();
    try (var _ = consume(new Handler(gate::pass), 3)) {
      await().atMost(BOUND).until(() -> gate.inside.get() == 3);

      assertThat(visible()).hasSize(9);
      gate.open.countDown();
    }
  }

  @Test
  void hands_a_poke_back_at_once_when_it_drains() {
    var turn = poked();
    shop.model.hangs("Hel");
    var consumption = consume(shop.handler(), 2);
    await().atMost(BOUND).until(() -> shop.events().contains("reply.delta"));

    consumption.close();

    assertThat(visible()).hasSize(1);
    assertThat(shop.found(turn).attempts()).isEqualTo(new Turn.Attempts(1, 0));
    assertThat(shop.found(turn).state().isOpen()).isTrue();
  }

  @Test
  void goes_on_receiving_after_a_failure_of_any_kind() {
    var turn = poked();
    var failed = new AtomicBoolean();
    JobQueue failing =
        new Patient(shop.queue) {
          @Override
          public List<ReceivedPoke> receive(int max, Duration wait) {
            if (failed.compareAndSet(false, true)) {
              throw new IllegalStateException("a defect of the client library");
            }
            return super.receive(max, wait);
          }
        };

    try (var _ = Consumption.start(failing, shop.handler(), 2, POLL)) {
      await().atMost(BOUND).until(() -> !shop.found(turn).state().isOpen());
    }

    assertThat(failed).isTrue();
  }

  /// Counts who is inside, and lets nobody out before it is opened.
  private static final class Gate {
    final CountDownLatch open = new CountDownLatch(1);
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    PokeOutcome pass(Poke poke) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        assertThat(open.await(BOUND.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        inside.decrementAndGet();
      }
      return new PokeOutcome.Done();
    }
  }

  private record Handler(Function<Poke, PokeOutcome> serve) implements PokeHandler {
    @Override
    public PokeOutcome serve(Poke poke, Keeper keeper) {
      return serve.apply(poke);
    }

    @Override
    public void goOn(JobId served) {}

    @Override
    public void cancel(JobId job) {}

    @Override
    public int room() {
      return Integer.MAX_VALUE;
    }

    @Override
    public void drain() {}
  }

  /// The in-memory queue never waits, so this one does for a moment: a test needs the processor,
  /// too.
  private static class Patient implements JobQueue {
    private final JobQueue queue;
    private final AtomicInteger receives = new AtomicInteger();

    Patient(JobQueue queue) {
      this.queue = queue;
    }

    int received() {
      return receives.get();
    }

    @Override
    public List<ReceivedPoke> receive(int max, Duration wait) {
      receives.incrementAndGet();
      var received = queue.receive(max, wait);
      if (received.isEmpty()) {
        try {
          var _ = new CountDownLatch(1).await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return received;
    }

    @Override
    public void send(Poke poke, OwnerId owner) {
      queue.send(poke, owner);
    }

    @Override
    public void delete(ReceivedPoke message) {
      queue.delete(message);
    }

    @Override
    public void changeVisibility(ReceivedPoke message, Duration visibleAfter) {
      queue.changeVisibility(message, visibleAfter);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      queue.deadLetter(letter);
    }

    @Override
    public QueueDepth depth() {
      return queue.depth();
    }
  }
}
