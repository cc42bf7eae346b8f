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

/// A store without the condition on its finishing write, or without idempotency keys.
final class MutatedTurns implements TurnStore {

  private final TurnStore turns;
  private final Mutation mutation;
  private final Map<JobId, Turn> ended = new HashMap<>();

  MutatedTurns(TurnStore turns, Mutation mutation) {
    this.turns = turns;
    this.mutation = mutation;
  }

  @Override
  public AcceptOutcome accept(NewTurn request) {
    return turns.accept(
        mutation == Mutation.IDEMPOTENCY_KEY
            ? new NewTurn(
                request.owner(),
                request.conversation(),
                request.prompt(),
                null,
                request.timeToAnswer(),
                request.traceparent(),
                request.model(),
                request.promptName(),
                request.reservation())
            : request);
  }

  /// The last one wins.
  @Override
  public FinishOutcome finish(Turn seen, TurnState.Final end) {
    var outcome = turns.finish(seen, end);
    if (mutation != Mutation.FINISH_CONDITION) {
      return outcome;
    }
    var turn = seen.with(end);
    ended.put(seen.job(), turn);
    return new FinishOutcome.Finished(turn);
  }

  @Override
  public @Nullable AcceptOutcome earlier(NewTurn request) {
    return turns.earlier(request);
  }

  @Override
  public @Nullable Turn find(JobId job) {
    return ended.containsKey(job) ? ended.get(job) : turns.find(job);
  }

  @Override
  public ClaimOutcome claim(JobId job, Claim claim) {
    var turn = ended.get(job);
    return turn == null ? turns.claim(job, claim) : new ClaimOutcome.AlreadyFinal(turn);
  }

  @Override
  public Renewal renew(Turn claimed, Duration lease) {
    return turns.renew(claimed, lease);
  }

  @Override
  public boolean release(Turn claimed, Instant notBefore, boolean forgive) {
    return turns.release(claimed, notBefore, forgive);
  }

  @Override
  public ReopenOutcome reopen(JobId job, Duration timeToAnswer) {
    ended.remove(job);
    return turns.reopen(job, timeToAnswer);
  }

  @Override
  public @Nullable Turn requestCancel(JobId job) {
    return turns.requestCancel(job);
  }

  @Override
  public List<Turn> turns(ConversationId conversation, int newest, int limit) {
    return turns.turns(conversation, newest, limit).stream()
        .map(turn -> ended.getOrDefault(turn.job(), turn))
        .toList();
  }
}
