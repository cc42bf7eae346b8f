package dev.prosa.worker.process;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.Turn;
import dev.prosa.worker.account.Progress;
import dev.prosa.worker.deliver.ReplyWriter;
import dev.prosa.worker.llm.ProviderChain.Pass;
import dev.prosa.worker.llm.ProviderChain.Round;
import java.time.Duration;

/// One try at one reply, on the thread that calls it.
final class Attempt {

  private final Workplace workplace;
  private final RunningAttempts running;

  Attempt(Workplace workplace, RunningAttempts running) {
    this.workplace = workplace;
    this.running = running;
  }

  /// @param turn a claimed turn
  AttemptResult run(Turn turn, ConversationContext context, PokeHandler.Keeper keeper) {
    var round = workplace.providers().round(turn.model(), turn.attempts().spent());
    // closed here, too: whatever goes wrong before the first call, a probe's permit must not leak
    try (var first = round.next()) {
      return first == null
          ? new AttemptResult.NobodyAsked()
          : run(turn, context, keeper, first, round);
    }
  }

  private AttemptResult run(
      Turn turn, ConversationContext context, PokeHandler.Keeper keeper, Pass first, Round round) {
    var model = first.offer().model();
    var begin = workplace.clock().nanoTime();
    AttemptLog.begins(turn, model);
    var stop = new Stop(Thread.currentThread());
    running.begin(turn.job(), stop);
    workplace.books().progress().accept(new Progress.AttemptBegins(turn));
    var writer =
        ReplyWriter.open(
            workplace.channel(),
            turn,
            model.name(),
            workplace.clock(),
            () -> stop.request(Stop.Reason.LEASE_LOST));
    var guard = new Guard(workplace, turn, total(turn), keeper, stop);
    var asking = new Asking(workplace, turn, context, writer, new Asking.Watch(guard, stop), model);
    AttemptResult result;
    try (writer;
        guard) {
      guard.start();
      result = asking.askInTurn(first, round);
    } finally {
      running.end(turn.job());
      workplace.books().progress().accept(new Progress.AttemptOver(turn));
    }
    var reason = stop.end();
    if (reason != null && !(result instanceof AttemptResult.Answered)) {
      result = new AttemptResult.Stopped(reason, writer.text(), asking.asked().provider());
    }
    AttemptLog.over(turn, result, asking.asked(), since(begin));
    return result;
  }

  private Duration since(long begin) {
    return Duration.ofNanos(workplace.clock().nanoTime() - begin);
  }

  private Duration total(Turn turn) {
    var left = Duration.between(workplace.clock().instant(), turn.clock().deadline());
    return left.compareTo(workplace.rules().total()) < 0 ? left : workplace.rules().total();
  }
}
