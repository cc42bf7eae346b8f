package dev.prosa.worker.process;

import dev.prosa.core.queue.Poke;
import dev.prosa.core.turn.JobId;
import java.time.Duration;

/// Answers the turns of a conversation oldest first, whatever job the poke names.
final class TurnProcessor implements PokeHandler {

  private static final Keeper NO_POKE = () -> {};

  private final Endings endings;
  private final TargetFinder finder;
  private final RunningAttempts running = new RunningAttempts();
  private final TurnTaker taker;

  TurnProcessor(Workplace workplace) {
    this.endings = workplace.endings();
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
        case Step.Ended(var turn) -> {
          var after = finder.remember(before, turn);
          target =
              job.equals(poke.job()) ? new Target.Missing() : new Target.Open(job.next(), after);
        }
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

  @Override
  public void goOn(JobId served) {
    var next = served.next();
    while (!running.isDraining()
        && finder.find(next) instanceof Target.Open(var job, var before)
        && taker.take(job, before, NO_POKE) instanceof Step.Ended(var turn)) {
      finder.remember(before, turn);
      next = turn.job().next();
    }
  }

  @Override
  public void cancel(JobId job) {
    running.cancel(job);
  }

  @Override
  public void drain() {
    running.drain();
  }
}
