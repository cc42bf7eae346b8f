package dev.prosa.worker.process;

import dev.prosa.core.log.LogKey;
import dev.prosa.core.prompt.Prompt;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.usage.ModelCall.Outcome;
import dev.prosa.worker.deliver.ReplyTooLongException;
import dev.prosa.worker.deliver.ReplyWriter;
import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.llm.ModelException;
import dev.prosa.worker.llm.ModelException.Kind;
import dev.prosa.worker.llm.ProviderChain.Pass;
import dev.prosa.worker.llm.ProviderChain.Round;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls of one attempt: one provider after the other, until one brings text. From then on the
/// attempt stands and falls with it, because text of two models is never mixed. Used by one thread.
final class Asking {

  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

  private final Workplace workplace;
  private final Turn turn;
  private final @Nullable Prompt prompt;
  private final ConversationContext context;
  private final ReplyWriter writer;
  private final Watch watch;
  private int calls;
  private LanguageModel asked;

  /// What ends calls from outside.
  record Watch(Guard guard, Stop stop) {}

  Asking(
      Workplace workplace,
      Turn turn,
      ConversationContext context,
      ReplyWriter writer,
      Watch watch,
      LanguageModel first) {
    this.workplace = workplace;
    this.turn = turn;
    this.prompt = workplace.prompts().find(turn.promptName());
    this.context = context;
    this.writer = writer;
    this.watch = watch;
    this.asked = first;
  }

  /// The model that was asked last, or is asked first.
  LanguageModel asked() {
    return asked;
  }

  /// @param first whom to ask first
  /// @param others whom to ask then
  AttemptResult askInTurn(Pass first, Round others) {
    AttemptResult.@Nullable Broken worst = null;
    for (var pass = first; pass != null; pass = others.next()) {
      if (worst != null) {
        LOG.info("{} goes on with {}", turn.job(), pass.offer().model().provider());
        watch.guard().callBegins();
        var _ = watch.stop().forgetSilence();
      }
      var result = askAndClose(pass);
      if (!(result instanceof AttemptResult.Broken broken)) {
        return result;
      }
      worst = worst == null || tellsMore(broken, worst) ? broken : worst;
      if (broken.begun() || !broken.failure().worthAskingElsewhere() || isStopped()) {
        return broken;
      }
    }
    return worst == null ? new AttemptResult.NobodyAsked() : worst;
  }

  /// A model that failed tells more than one that was not reached, and that more than a wrong key.
  private static boolean tellsMore(AttemptResult.Broken one, AttemptResult.Broken other) {
    return rank(one.failure().kind()) > rank(other.failure().kind());
  }

  private static int rank(Kind kind) {
    return switch (kind) {
      case REFUSED -> 3;
      case BROKEN -> 2;
      case AWAY, BUSY -> 1;
      case MISCONFIGURED -> 0;
    };
  }

  private boolean isStopped() {
    return watch.stop().reason() != null;
  }

  private AttemptResult askAndClose(Pass pass) {
    try (pass) {
      asked = pass.offer().model();
      calls++;
      return ask(pass, CallAccount.open(workplace, turn, context, calls, pass.offer()));
    }
  }

  private AttemptResult ask(Pass pass, CallAccount account) {
    var model = pass.offer().model();
    try {
      var answer =
          model.stream(
              prompt == null ? null : prompt.text(),
              context,
              turn.prompt(),
              text -> {
                watch.guard().heard();
                pass.heard();
                account.heard(text);
                writer.append(text);
              });
      pass.answered();
      account.end(Outcome.ANSWERED, answer.usage());
      return answered(model, answer);
    } catch (ReplyTooLongException tooLong) {
      pass.answered();
      account.end(Outcome.ANSWERED, null);
      return answered(model, new LanguageModel.Answer("length", model.name(), null));
    } catch (ModelException e) {
      return broken(pass, account, e);
    } catch (RuntimeException e) {
      // what an interrupted client library throws is its own affair, and so are its bugs
      var what = e.getClass().getSimpleName();
      return broken(
          pass,
          account,
          new ModelException(Kind.BROKEN, FailureCode.PROVIDER_UNAVAILABLE, what, e));
    }
  }

  private AttemptResult answered(LanguageModel model, LanguageModel.Answer answer) {
    return new AttemptResult.Answered(
        new Reply(
            writer.text(),
            answer.finishReason(),
            answer.model(),
            model.provider(),
            answer.usage(),
            prompt == null ? null : prompt.version()));
  }

  private AttemptResult broken(Pass pass, CallAccount account, ModelException thrown) {
    var silent = watch.stop().forgetSilence();
    var stopped = silent ? Stop.Reason.NO_FIRST_TOKEN : watch.stop().reason();
    var failure = stopped == null ? thrown : timeout(stopped, thrown);
    if (stopped != null && stopped.isOurs()) {
      account.end(stopped == Stop.Reason.LEASE_LOST ? Outcome.SUPERSEDED : Outcome.ABORTED, null);
      return new AttemptResult.Broken(failure, asked.provider(), false);
    }
    pass.failed(failure);
    var begun = !writer.text().isEmpty();
    if (begun || failure.kind() == Kind.BROKEN) {
      account.end(stopped == null ? Outcome.FAILED : Outcome.ABORTED, null);
    } else {
      account.endUnserved();
    }
    LOG.atWarn()
        .addKeyValue(LogKey.PROVIDER.key(), asked.provider())
        .addKeyValue(LogKey.MODEL.key(), asked.name())
        .addKeyValue(LogKey.ERROR.key(), failure.code().code())
        .log("{} failed {}: {}", asked.provider(), turn.job(), failure.getMessage());
    return new AttemptResult.Broken(failure, asked.provider(), begun);
  }

  private static ModelException timeout(Stop.Reason reason, ModelException cause) {
    return new ModelException(Kind.BROKEN, FailureCode.PROVIDER_TIMEOUT, reason.name(), cause);
  }
}
