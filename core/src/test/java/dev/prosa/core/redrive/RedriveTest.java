package dev.prosa.core.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.InMemoryDeadLetterQueue;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RedriveTest {

  private static final OwnerId ANN = new OwnerId("ann");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final TurnState.Failed FAILED =
      new TurnState.Failed(FailureCode.PROVIDER_UNAVAILABLE, "p-1");

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
  private final TurnDatabase database = TurnDatabase.inMemory(clock);
  private final InMemoryJobQueue queue = JobQueue.inMemory(clock, LONG);
  private final InMemoryDeadLetterQueue letters = queue.deadLetterQueue();
  private final List<AuditLog.Entry> audit = new ArrayList<>();
  private final List<String> frames = new ArrayList<>();
  private JobQueue pokes = queue;
  private ReplyChannel channel = ReplyChannel.inMemory();

  RedriveTest() {
    var _ = channel.subscribe(GatewayId.create(), (_, frame, _) -> frames.add(frame));
  }

  private Turn accepted() {
    var request = new NewTurn(ANN, null, "Why?", null, LONG, "00-trace", null);
    return ((AcceptOutcome.Accepted) database.turns().accept(request)).turn();
  }

  private Turn ended(TurnState.Final end) {
    var turn = accepted();
    var _ = database.turns().finish(turn, end);
    return turn;
  }

  private Turn buried(TurnState.Final end) {
    var turn = ended(end);
    letters.add(new DeadLetter(body(turn.job()), "provider_unavailable", 4, "p-1", "00-trace"));
    return turn;
  }

  private static String body(JobId job) {
    return new Poke(job, "00-trace").toBody();
  }

  private Turn found(Turn turn) {
    return Objects.requireNonNull(database.turns().find(turn.job()));
  }

  private RedriveOutcome redriveFirst() {
    var redrive = new Redrive(database.turns(), pokes, channel, audit::add, LONG);
    try (var taken = Letters.take(letters, 10, LONG)) {
      return redrive.redrive(taken, taken.groups().getFirst());
    }
  }

  private static <T> T broken(Class<T> port, RuntimeException failure) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, _, _) -> {
              throw failure;
            }));
  }

  @Test
  void opens_a_failed_turn_again_pokes_a_worker_and_tells_the_browsers() {
    var turn = buried(FAILED);

    var outcome = redriveFirst();

    assertThat(outcome).isEqualTo(new RedriveOutcome.Redriven(found(turn), true));
    assertThat(found(turn).state()).isEqualTo(new TurnState.Accepted(null));
    assertThat(queue.receive(10, Duration.ZERO))
        .singleElement()
        .matches(poke -> poke.body().equals(body(turn.job())));
    assertThat(frames)
        .singleElement()
        .asString()
        .contains("job.waiting", "\"reason\":\"redriven\"", "\"attempt\":1");
    assertThat(letters.all()).isEmpty();
    assertThat(audit)
        .containsExactly(new AuditLog.Entry("redrive", turn.job().value(), "redriven", 1));
  }

  @Test
  void removes_every_copy_of_the_letter() {
    var turn = buried(FAILED);
    letters.add(new DeadLetter(body(turn.job()), "provider_unavailable", 4, null, null));

    assertThat(redriveFirst()).isInstanceOf(RedriveOutcome.Redriven.class);

    assertThat(letters.all()).isEmpty();
  }

  @Test
  void works_without_redis() {
    var turn = buried(FAILED);
    channel = broken(ReplyChannel.class, new CacheUnavailableException("away", null));

    assertThat(redriveFirst()).isEqualTo(new RedriveOutcome.Redriven(found(turn), false));
    assertThat(letters.all()).isEmpty();
  }

  @Test
  void only_pokes_a_turn_that_is_open_already() {
    var turn = accepted();
    letters.addUnexplained(body(turn.job()));

    assertThat(redriveFirst()).isEqualTo(new RedriveOutcome.Poked(turn));

    assertThat(found(turn)).isEqualTo(turn);
    assertThat(queue.size()).isEqualTo(1);
    assertThat(letters.all()).isEmpty();
    assertThat(frames).isEmpty();
  }

  @Test
  void only_removes_the_letter_of_a_turn_that_was_answered() {
    var turn = buried(new TurnState.Completed(new Reply("Because.", "stop", "m-1", "p-1", null)));

    assertThat(redriveFirst()).isEqualTo(new RedriveOutcome.Stale(found(turn)));

    assertThat(letters.all()).isEmpty();
    assertThat(queue.size()).isZero();
    assertThat(audit).extracting(AuditLog.Entry::outcome).containsExactly("already_final");
  }

  @Test
  void keeps_the_letter_of_a_turn_that_is_not_there() {
    letters.addUnexplained(body(new JobId(ConversationId.create(), 1)));

    assertThat(redriveFirst()).isEqualTo(new RedriveOutcome.Missing());

    assertThat(letters.visible()).isEqualTo(1);
    assertThat(audit).extracting(AuditLog.Entry::outcome).containsExactly("turn_missing");
  }

  @Test
  void keeps_a_message_that_is_not_a_poke() {
    letters.addUnexplained("garbage");

    assertThat(redriveFirst()).isEqualTo(new RedriveOutcome.NotAPoke());

    assertThat(letters.visible()).isEqualTo(1);
    assertThat(audit).extracting(AuditLog.Entry::outcome).containsExactly("malformed");
  }

  @Test
  void keeps_the_letter_when_it_breaks_off_and_goes_on_the_next_time() {
    var turn = buried(FAILED);
    pokes =
        broken(JobQueue.class, new QueueUnavailableException("away", new IllegalStateException()));
    assertThatThrownBy(this::redriveFirst).isInstanceOf(QueueUnavailableException.class);
    assertThat(letters.visible()).isEqualTo(1);

    pokes = queue;

    assertThat(redriveFirst()).isEqualTo(new RedriveOutcome.Poked(found(turn)));
    assertThat(queue.size()).isEqualTo(1);
    assertThat(found(turn).attempt()).isEqualTo(1);
    assertThat(audit).extracting(AuditLog.Entry::outcome).containsExactly("error", "already_open");
  }

  @Test
  void discards_a_letter_and_leaves_the_turn_alone() {
    var turn = buried(FAILED);
    var redrive = new Redrive(database.turns(), queue, channel, audit::add, LONG);

    try (var taken = Letters.take(letters, 10, LONG)) {
      redrive.discard(taken, taken.groups().getFirst());
    }

    assertThat(letters.all()).isEmpty();
    assertThat(found(turn).state()).isEqualTo(FAILED);
    assertThat(audit)
        .containsExactly(new AuditLog.Entry("discard", turn.job().value(), "discarded", 0));
  }
}
