package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.core.usage.ModelCall.Outcome;
import dev.prosa.worker.llm.ModelException;
import dev.prosa.worker.process.FaultTable.Cell;
import dev.prosa.worker.testing.JumpingClockwork;
import dev.prosa.worker.testing.ScriptedProvider;
import dev.prosa.worker.testing.Shop;
import dev.prosa.worker.testing.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every cell of [FaultTable], through the real client and a real connection.
class FaultMatrixTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String SOUND = "Sound reply.";

  private final Shop shop = new Shop();
  private final Turn turn = shop.accepted("Hi");
  private final JumpingClockwork clockwork = new JumpingClockwork(shop.time);
  private final ScriptedProvider other = new ScriptedProvider("p-2", this::replySoundly);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void letTimeJump() {
    shop.clockwork = clockwork;
  }

  @AfterEach
  void close() {
    other.close();
    threads.shutdownNow();
    threads.close();
  }

  static Stream<Cell> cells() {
    return FaultTable.cells();
  }

  static Stream<Cell> failures() {
    return FaultTable.cells().filter(cell -> !cell.isAnswered());
  }

  private static Workplace.Rules rules(Fault fault, int attempts) {
    var silence = fault.isSilent() ? MINUTE : HOUR;
    var total = fault == Fault.NEVER_READY ? MINUTE : HOUR;
    return new Workplace.Rules(Shop.LEASE, HOUR, attempts, silence, silence, total);
  }

  /// The provider that goes wrong. When only a watchdog ends that, its minute is over as soon as
  /// everything was heard that comes before.
  private ScriptedProvider faulty(Cell cell) {
    Runnable jump = () -> clockwork.jump(MINUTE);
    var endless = cell.code().equals("PROVIDER_TIMEOUT");
    if (endless && cell.tokens() > 0) {
      var _ =
          shop.channel.subscribe(GatewayId.create(), (_, frame, _) -> onFirstAttempt(frame, jump));
    }
    Runnable begins = endless && cell.tokens() <= 0 ? jump : () -> {};
    return cell.fault().at(cell.tokens(), this::awaitAnnouncement, begins);
  }

  private static void onFirstAttempt(String frame, Runnable event) {
    if (frame.contains("reply.delta") && frame.contains("\"attempt\":1")) {
      event.run();
    }
  }

  private void replySoundly(Wire wire) throws IOException {
    awaitAnnouncement();
    wire.reply("Sound ", "reply.");
  }

  /// That an attempt begins is told beside it. When that is late the attempt is over already, and
  /// nobody is told any more.
  private void awaitAnnouncement() {
    await()
        .atMost(BOUND)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> announcements() == shop.found(turn).attempt());
  }

  private long announcements() {
    return shop.events().stream().filter("reply.started"::equals).count();
  }

  /// Only a virtual thread is ended by an interrupt while it reads.
  private PokeOutcome serve() {
    return CompletableFuture.supplyAsync(
            () -> shop.handler().serve(Shop.poke(turn), () -> {}), threads)
        .orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_has_a_kind_and_a_code(Cell cell) {
    try (var one = faulty(cell)) {
      var model = cell.fault().model(one, shop.time);
      if (cell.code().equals("PROVIDER_TIMEOUT")) {
        shop.chain = shop.chain(model);
        shop.rules = rules(cell.fault(), 1);
        serve();
        assertThat(shop.found(turn).state())
            .isEqualTo(new TurnState.Failed(FailureCode.PROVIDER_TIMEOUT, "p-1"));
      } else {
        var failure =
            catchThrowableOfType(
                ModelException.class,
                () -> model.stream(null, ConversationContext.EMPTY, "Hi", _ -> {}));
        assertThat(failure.kind() + " " + failure.code())
            .isEqualTo(cell.kind() + " " + cell.code());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void alone(Cell cell) {
    try (var one = faulty(cell)) {
      shop.chain = shop.chain(cell.fault().model(one, shop.time));
      shop.rules = rules(cell.fault(), 4);

      var outcome = serve();

      assertThat(told(outcome)).isEqualTo(cell.alone());
      assertThat(ends()).containsExactly(endOf(cell.alone()));
      assertThat(one.calls()).isEqualTo(cell.calls());
      assertThat(accounts()).containsExactly(cell.account());
      assertThat(shop.chain.statuses().getFirst().state())
          .isEqualTo(cell.cools() ? State.COOLING : State.CLOSED);
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void with_another_provider(Cell cell) {
    try (var one = faulty(cell)) {
      shop.chain = shop.chain(cell.fault().model(one, shop.time), other.model(shop.time));
      shop.rules = rules(cell.fault(), 4);

      var again = serve().equals(new PokeOutcome.RetryLater(Duration.ZERO));
      var last = again ? serve() : new PokeOutcome.Done();

      assertThat(last).isEqualTo(new PokeOutcome.Done());
      assertThat(answered()).isEqualTo(cell.another());
      assertThat(ends()).containsExactlyElementsOf(endsOf(cell.another()));
      assertThat(one.calls()).isEqualTo(cell.calls());
      assertThat(other.calls()).isEqualTo(cell.another().startsWith("p-2") ? 1 : 0);
      assertThat(accounts().getFirst()).isEqualTo(cell.account());
      textsAreNotMixed();
    }
  }

  /// What the outcome means, in the words of the table.
  private String told(PokeOutcome outcome) {
    return switch (outcome) {
      case PokeOutcome.RetryLater(Duration wait) ->
          wait.toSeconds() + (shop.found(turn).attempts().spent() == 0 ? " s free" : " s tried");
      case PokeOutcome.Done _ -> ended(shop.found(turn).state());
    };
  }

  private static String ended(TurnState state) {
    return switch (state) {
      case TurnState.Completed _ -> "completed";
      case TurnState.Failed _ -> "failed";
      default -> "open";
    };
  }

  private String answered() {
    var found = shop.found(turn);
    return found.state() instanceof TurnState.Completed(var reply)
        ? reply.provider() + " in " + found.attempt()
        : ended(found.state());
  }

  /// What browsers were told, but for what travels beside the attempt and may be late.
  private List<String> ends() {
    return shop.events().stream()
        .filter(event -> !event.equals("reply.started") && !event.equals("reply.delta"))
        .toList();
  }

  private static String endOf(String alone) {
    return switch (alone) {
      case "completed" -> "reply.completed";
      case "failed" -> "job.failed";
      default -> "job.waiting";
    };
  }

  private static List<String> endsOf(String another) {
    return switch (another) {
      case "failed" -> List.of("job.failed");
      case "p-2 in 2" -> List.of("job.waiting", "reply.completed");
      default -> List.of("reply.completed");
    };
  }

  private List<String> accounts() {
    return shop.calls.stream()
        .filter(call -> call.outcome() != Outcome.STARTED)
        .map(call -> call.outcome() + price(call))
        .toList();
  }

  private static String price(ModelCall call) {
    var free = call.usage().promptTokens() == 0 && call.usage().completionTokens() == 0;
    return call.estimated() ? " estimated" : free ? " free" : " counted";
  }

  /// Every attempt shows the beginning of one reply only, and the last one the reply that stays.
  private void textsAreNotMixed() {
    var found = shop.found(turn);
    assertThat(announcements()).isEqualTo(found.attempt());
    for (int attempt = 1; attempt <= found.attempt(); attempt++) {
      var shown = shown(attempt);
      if (found.state() instanceof TurnState.Completed(var reply) && attempt == found.attempt()) {
        assertThat(reply.content()).startsWith(shown);
        assertThat(reply.provider().equals("p-2")).isEqualTo(reply.content().equals(SOUND));
      } else {
        assertThat(shown).matches("(a[0-9]+ |x)*");
      }
    }
  }

  private String shown(int attempt) {
    return shop.frames().stream()
        .filter(frame -> frame.contains("reply.delta") && frame.contains("\"attempt\":" + attempt))
        .map(frame -> frame.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"))
        .collect(Collectors.joining());
  }
}
