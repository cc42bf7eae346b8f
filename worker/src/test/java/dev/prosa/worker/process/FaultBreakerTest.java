package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.process.FaultTable.Cell;
import dev.prosa.worker.testing.ScriptedProvider;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which faults open the breaker, through the real client and a real connection.
class FaultBreakerTest {

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final Shop shop = new Shop();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.shutdownNow();
    threads.close();
  }

  /// Every fault at its first moment and, where there is one, after some text.
  private static Stream<Cell> cells() {
    return FaultTable.cells().filter(cell -> cell.tokens() <= 1);
  }

  static Stream<Cell> counted() {
    return cells().filter(cell -> cell.counts() && !cell.cools());
  }

  static Stream<Cell> notCounted() {
    return cells().filter(cell -> !cell.counts());
  }

  private void begin(Cell cell, ScriptedProvider provider) {
    var fault = cell.fault();
    var silence = fault.isSilent() ? SHORT : LONG;
    var total = fault == Fault.NEVER_READY ? SHORT : LONG;
    shop.rules = new Workplace.Rules(Shop.LEASE, LONG, 4, silence, silence, total);
    shop.chain = shop.chain(fault.model(provider, shop.time));
  }

  private void serve(int turns) {
    for (int i = 0; i < turns; i++) {
      serving(shop.accepted("Hi")).join();
    }
  }

  private CompletableFuture<PokeOutcome> serving(Turn turn) {
    return CompletableFuture.supplyAsync(
            () -> shop.handler().serve(Shop.poke(turn), () -> {}), threads)
        .orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  private State state() {
    return shop.chain.statuses().getFirst().state();
  }

  @ParameterizedTest
  @MethodSource("counted")
  void five_errors_are_borne_and_the_sixth_opens_the_breaker(Cell cell) {
    try (var provider = cell.fault().at(cell.tokens())) {
      begin(cell, provider);

      serve(5);
      var afterFive = state();
      serve(1);

      assertThat(afterFive).isEqualTo(State.CLOSED);
      assertThat(state()).isEqualTo(State.OPEN);
    }
  }

  @ParameterizedTest
  @MethodSource("notCounted")
  void what_is_no_error_never_opens_the_breaker(Cell cell) {
    try (var provider = cell.fault().at(cell.tokens())) {
      begin(cell, provider);

      for (int i = 0; i < 6; i++) {
        serve(1);
        assertThat(state()).isIn(State.CLOSED, State.COOLING);
        shop.time.pass(cell.cools() ? LONG : Duration.ZERO);
      }

      assertThat(provider.calls()).isEqualTo(6);
    }
  }

  @Test
  void healthy_streams_never_open_the_breaker_however_slow() {
    var gap = Duration.ofMillis(300);
    try (var provider =
        new ScriptedProvider(
            "p-1",
            wire -> {
              wire.head();
              for (int i = 0; i < 10; i++) {
                wire.pause(gap);
                wire.text("t" + i + " ");
              }
              wire.finish("stop");
              wire.done();
            })) {
      // the first text waits for the client library to be loaded, too
      shop.rules = new Workplace.Rules(Shop.LEASE, LONG, 4, LONG, gap.multipliedBy(30), LONG);
      shop.chain = shop.chain(provider.model(shop.time));
      var turns = IntStream.range(0, 12).mapToObj(i -> shop.accepted("Hi " + i)).toList();

      turns.stream().map(this::serving).toList().forEach(CompletableFuture::join);

      assertThat(turns).allMatch(turn -> shop.found(turn).state() instanceof TurnState.Completed);
      assertThat(state()).isEqualTo(State.CLOSED);
      assertThat(provider.calls()).isEqualTo(12);
    }
  }
}
