package dev.prosa.local.contract;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.core.turn.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the contracts of the three views of the database share: an owner of its own for each test,
/// and the steps that lead to the state a test is about.
abstract class TurnDatabaseContract {

  static final Duration LEASE = Duration.ofSeconds(30);
  static final Duration DEADLINE = Duration.ofMinutes(10);
  static final int MAX_ATTEMPTS = 4;
  static final TurnState.Completed COMPLETED =
      new TurnState.Completed(new Reply("Hello.", "stop", "m-1", "p-1", new Usage(3, 2)));

  final ManualTime time = new ManualTime();
  final OwnerId owner = someone();
  final TurnDatabase database;
  final TurnStore store;

  TurnDatabaseContract(Function<InstantSource, TurnDatabase> open) {
    this.database = open.apply(time);
    this.store = database.turns();
  }

  static OwnerId someone() {
    return new OwnerId("owner-" + RandomId.create().value());
  }

  NewTurn message(@Nullable ConversationId conversation, String prompt) {
    return new NewTurn(owner, conversation, prompt, null, DEADLINE, null, null);
  }

  Turn accepted() {
    return accepted(null);
  }

  Turn accepted(@Nullable ConversationId conversation) {
    return turn(store.accept(message(conversation, "Hi")));
  }

  static Turn turn(AcceptOutcome outcome) {
    return ((AcceptOutcome.Accepted) outcome).turn();
  }

  Claim claim() {
    return new Claim(RandomId.create().value(), LEASE, MAX_ATTEMPTS);
  }

  Turn claimed() {
    return claimed(accepted().job());
  }

  Turn claimed(JobId job) {
    return ((ClaimOutcome.Claimed) store.claim(job, claim())).turn();
  }

  Turn finished() {
    return ((FinishOutcome.Finished) store.finish(claimed(), COMPLETED)).turn();
  }

  Turn found(JobId job) {
    return Objects.requireNonNull(store.find(job));
  }

  Instant in(Duration duration) {
    return time.instant().plus(duration);
  }
}
