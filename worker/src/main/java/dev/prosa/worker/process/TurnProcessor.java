package dev.prosa.worker.process;

import dev.prosa.core.queue.Poke;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.worker.llm.ProviderChain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Answers the turns of a conversation oldest first, whatever job the poke names.
final class TurnProcessor implements PokeHandler {

  private static final Keeper NO_POKE = () -> {};

  private final Endings endings;
  private final ProviderChain providers;
  private final TargetFinder finder;
  private final RunningAttempts running = new RunningAttempts();
  private final TurnTaker taker;

  TurnProcessor(Workplace workplace) {
    this.endings = workplace.endings();
    this.providers = workplace.providers();
    this.finder = new TargetFinder(workplace.turns(), workplace.contexts());
    this.taker = new TurnTaker(workplace, running);
  }

  @Override
  public PokeOutcome serve(Poke poke, Keeper keeper) {
    var target = running.isDraining() ? null : finder.find(poke.job());
    while (target instanceof Target.Open(var job, var before)) {
      switch (taker.take(job, before, keeper)) {
        case Step.Later(Duration wait) -> {
          return new PokeOutcome.RetryLater(wait);
        }
        case Step.Gone() -> target = new Target.Missing();
        case Step.Ended(var turn) -> target = after(turn, before, poke.job());
        case Step.Over(var turn) ->
            target = job.equals(poke.job()) ? new Target.Settled(turn) : finder.find(poke.job());
      }
    }
    return switch (target) {
      case null -> new PokeOutcome.RetryLater(Duration.ZERO);
      case Target.Settled(var turn) -> {
        endings.announce(turn);
        yield new PokeOutcome.Done();
      }
      case Target.Missing _, Target.Open _ -> new PokeOutcome.Done();
    };
  }

  /// What comes after a turn that was ended here. A context that stays right leads to the next
  /// turn; otherwise an earlier one may be open again, and the table tells.
  private Target after(Turn ended, ConversationContext before, JobId named) {
    var after = finder.remember(before, ended);
    if (ended.job().equals(named)) {
      return new Target.Missing();
    }
    return after.staysRight() ? new Target.Open(ended.job().next(), after) : finder.find(named);
  }

  @Override
  public void goOn(JobId served) {
    var target = finder.find(served.next());
    while (target != null && !running.isDraining()) {
      target =
          switch (target) {
            case Target.Open open -> goOn(open);
            case Target.Settled(var turn) -> openIn(turn.job().conversation());
            case Target.Missing _ -> null;
          };
    }
  }

  private @Nullable Target goOn(Target.Open open) {
    return switch (taker.take(open.job(), open.before(), NO_POKE)) {
      case Step.Ended(var turn) -> {
        finder.remember(open.before(), turn);
        yield finder.find(turn.job().next());
      }
      case Step.Over(var turn) -> openIn(turn.job().conversation());
      case Step.Later _, Step.Gone _ -> null;
    };
  }

  /// Behind a redriven turn the next ones are over for long, and a newer one may wait.
  private @Nullable Target openIn(ConversationId conversation) {
    return finder.findNewest(conversation) instanceof Target.Open open ? open : null;
  }

  @Override
  public void cancel(JobId job) {
    running.cancel(job);
  }

  @Override
  public int room() {
    return providers.room();
  }

  @Override
  public void drain() {
    running.drain();
  }
}
