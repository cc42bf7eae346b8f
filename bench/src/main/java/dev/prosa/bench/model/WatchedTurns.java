package dev.prosa.bench.model;

import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.Claim;
import dev.prosa.core.turn.ClaimOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Renewal;
import dev.prosa.core.turn.ReopenOutcome;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The store, with an eye on every write: what is final stays as it is.
final class WatchedTurns implements TurnStore {

  private final TurnStore turns;
  private final History history;
  private final Map<JobId, TurnState> finals = new HashMap<>();

  WatchedTurns(TurnStore turns, History history) {
    this.turns = turns;
    this.history = history;
  }

  private <T> T watching(JobId job, T outcome) {
    watch(job);
    return outcome;
  }

  private void watch(JobId job) {
    var turn = turns.find(job);
    var before = finals.get(job);
    if (turn != null && before != null && !turn.state().equals(before)) {
      history.violation("%s changed from %s to %s".formatted(job, before, turn.state()));
    }
    if (turn != null && !turn.state().isOpen()) {
      finals.put(job, turn.state());
    }
  }

  @Override
  public AcceptOutcome accept(NewTurn request) {
    var outcome = turns.accept(request);
    if (outcome instanceof AcceptOutcome.Accepted(Turn turn)) {
      history.written(turn.prompt(), turn.job());
      history.note("accepted %s as %s".formatted(turn.prompt(), turn.job().turn()));
    }
    return outcome;
  }

  @Override
  public @Nullable AcceptOutcome earlier(NewTurn request) {
    return turns.earlier(request);
  }

  @Override
  public @Nullable Turn find(JobId job) {
    return turns.find(job);
  }

  @Override
  public ClaimOutcome claim(JobId job, Claim claim) {
    var outcome = turns.claim(job, claim);
    history.note("claim of %d: %s".formatted(job.turn(), outcome.getClass().getSimpleName()));
    return watching(job, outcome);
  }

  @Override
  public Renewal renew(Turn claimed, Duration lease) {
    return watching(claimed.job(), turns.renew(claimed, lease));
  }

  @Override
  public boolean release(Turn claimed, Instant notBefore, boolean forgive) {
    return watching(claimed.job(), turns.release(claimed, notBefore, forgive));
  }

  @Override
  public FinishOutcome finish(Turn seen, TurnState.Final end) {
    var outcome = turns.finish(seen, end);
    history.note(
        "%s of %s as %s: %s"
            .formatted("finish", seen.prompt(), end.name(), outcome.getClass().getSimpleName()));
    return watching(seen.job(), outcome);
  }

  @Override
  public ReopenOutcome reopen(JobId job, Duration timeToAnswer) {
    var outcome = turns.reopen(job, timeToAnswer);
    history.note("reopening %d: %s".formatted(job.turn(), outcome.getClass().getSimpleName()));
    if (outcome instanceof ReopenOutcome.Reopened && !isFailed(finals.remove(job))) {
      history.violation("%s was reopened, and had not failed".formatted(job));
    }
    if (outcome instanceof ReopenOutcome.Reopened) {
      history.redriven(job);
    }
    return watching(job, outcome);
  }

  private static boolean isFailed(@Nullable TurnState state) {
    return state instanceof TurnState.Failed;
  }

  @Override
  public @Nullable Turn requestCancel(JobId job) {
    var turn = turns.requestCancel(job);
    watch(job);
    return turn;
  }

  @Override
  public List<Turn> turns(ConversationId conversation, int newest, int limit) {
    return turns.turns(conversation, newest, limit);
  }
}
