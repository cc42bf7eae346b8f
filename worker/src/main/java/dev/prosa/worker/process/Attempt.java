package dev.prosa.worker.process;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.worker.deliver.ReplyTooLongException;
import dev.prosa.worker.deliver.ReplyWriter;
import dev.prosa.worker.llm.ModelException;
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
    var stop = new Stop(Thread.currentThread());
    running.begin(turn.job(), stop);
    var writer =
        ReplyWriter.open(
            workplace.channel(),
            turn,
            workplace.model().name(),
            workplace.clock(),
            () -> stop.request(Stop.Reason.LEASE_LOST));
    var guard = new Guard(workplace, turn, total(turn), keeper, stop);
    AttemptResult result;
    try (writer;
        guard) {
      guard.start();
      result = ask(turn, context, writer, guard);
    } finally {
      running.end(turn.job());
    }
    var reason = stop.end();
    return reason == null || result instanceof AttemptResult.Answered
        ? result
        : new AttemptResult.Stopped(reason, writer.text());
  }

  private Duration total(Turn turn) {
    var left = Duration.between(workplace.clock().instant(), turn.clock().deadline());
    return left.compareTo(workplace.rules().total()) < 0 ? left : workplace.rules().total();
  }

  private AttemptResult ask(
      Turn turn, ConversationContext context, ReplyWriter writer, Guard guard) {
    var model = workplace.model();
    try {
      var answer =
          model.stream(
              context,
              turn.prompt(),
              text -> {
                guard.heard();
                writer.append(text);
              });
      return new AttemptResult.Answered(
          new Reply(
              writer.text(),
              answer.finishReason(),
              answer.model(),
              model.provider(),
              answer.usage()));
    } catch (ReplyTooLongException tooLong) {
      return new AttemptResult.Answered(
          new Reply(writer.text(), "length", model.name(), model.provider(), null));
    } catch (ModelException e) {
      return new AttemptResult.Broken(e);
    } catch (RuntimeException e) {
      // what an interrupted client library throws is its own affair, and so are its bugs
      return new AttemptResult.Broken(
          new ModelException(FailureCode.PROVIDER_UNAVAILABLE, e.getClass().getSimpleName(), e));
    }
  }
}
