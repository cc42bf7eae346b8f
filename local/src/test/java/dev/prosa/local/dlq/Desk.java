package dev.prosa.local.dlq;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.redrive.AuditLog;
import dev.prosa.core.redrive.Redrive;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The tool on doubles, and what it prints.
final class Desk {

  static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Duration LONG = Duration.ofMinutes(10);

  final Time time = new Time();
  final TurnDatabase database = TurnDatabase.inMemory(time);
  final InMemoryJobQueue queue = JobQueue.inMemory(time, LONG);
  final List<AuditLog.Entry> audit = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /// A clock that only moves when it is told to, or when somebody waits.
  static final class Time implements InstantSource {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration duration) {
      now = now.plus(duration);
    }
  }

  /// A job that was given up, and lies in the dead-letter queue.
  Turn buried(String prompt) {
    var owner = new OwnerId("ann");
    var accepted =
        database.turns().accept(new NewTurn(owner, null, prompt, null, LONG, TRACE, null));
    var turn = ((AcceptOutcome.Accepted) accepted).turn();
    var failed = new TurnState.Failed(FailureCode.PROVIDER_UNAVAILABLE, "p-1");
    var _ = database.turns().finish(turn, failed);
    buryAgain(turn);
    return turn;
  }

  void buryAgain(Turn turn) {
    var body = new Poke(turn.job(), TRACE).toBody();
    queue.deadLetter(new DeadLetter(body, "provider_unavailable", 4, "p-1", TRACE));
  }

  int run(String... args) {
    var redrive = new Redrive(database.turns(), queue, ReplyChannel.inMemory(), audit::add, LONG);
    var tool =
        new DlqTool(
            queue.deadLetterQueue(),
            redrive,
            new DlqScreen(stream(out), stream(err)),
            time,
            time::pass);
    return tool.run(DlqRequest.parse(List.of(args)));
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  Turn found(Turn turn) {
    return Objects.requireNonNull(database.turns().find(turn.job()));
  }
}
