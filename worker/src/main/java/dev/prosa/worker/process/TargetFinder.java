package dev.prosa.worker.process;

import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the oldest open turn of a conversation and its context, at a cost that does not grow with
/// the conversation. Thread-safe.
final class TargetFinder {

  private static final Logger LOG = LoggerFactory.getLogger(TargetFinder.class);

  /// The target and a full context with a few failed turns in between.
  private static final int PAGE = ConversationContext.MAX_EXCHANGES + 5;

  private final TurnStore turns;
  private final ContextCache contexts;

  TargetFinder(TurnStore turns, ContextCache contexts) {
    this.turns = turns;
    this.contexts = contexts;
  }

  /// @param named the job of the poke; newer turns are not looked at
  Target find(JobId named) {
    // a context that ends just before the turn says that all earlier ones in its reach are final
    var cached = cached(named);
    return cached == null ? read(named) : new Target.Open(named, cached);
  }

  private @Nullable ConversationContext cached(JobId named) {
    if (named.turn() == 1) {
      return ConversationContext.EMPTY;
    }
    try {
      return contexts.find(named.conversation(), named.turn() - 1);
    } catch (CacheUnavailableException e) {
      LOG.debug("no cached context for {}; reading the table", named, e);
      return null;
    }
  }

  /// The target in a conversation whose newest turn is not known.
  Target findNewest(ConversationId conversation) {
    var newest = turns.turns(conversation, Integer.MAX_VALUE, 1);
    return newest.isEmpty() ? new Target.Missing() : read(newest.getFirst().job());
  }

  /// The context after a turn that ended. It is kept if it stays right; otherwise a failed turn in
  /// its reach may be open again when the next one is asked for.
  ConversationContext remember(ConversationContext before, Turn ended) {
    var after = before.plus(ended);
    if (!after.staysRight()) {
      return after;
    }
    try {
      contexts.put(ended.job().conversation(), after);
    } catch (CacheUnavailableException e) {
      LOG.debug("context of {} not cached; the next turn reads the table", ended.job(), e);
    }
    return after;
  }

  private Target read(JobId named) {
    var newestFirst = window(named);
    if (newestFirst.isEmpty()
        || !newestFirst.getFirst().job().equals(named)
        || hasGap(newestFirst)) {
      return new Target.Missing();
    }
    var oldest = oldestOpen(newestFirst);
    return oldest < 0
        ? new Target.Settled(newestFirst.getFirst())
        : new Target.Open(newestFirst.get(oldest).job(), contextBehind(newestFirst, oldest));
  }

  /// Turns are numbered without a gap, unless their conversation is being erased.
  private static boolean hasGap(List<Turn> newestFirst) {
    var span = newestFirst.getFirst().job().turn() - newestFirst.getLast().job().turn();
    return span != newestFirst.size() - 1;
  }

  private List<Turn> window(JobId named) {
    var found = new ArrayList<Turn>();
    var newest = named.turn();
    while (newest >= 1 && !isEnough(found)) {
      var more = turns.turns(named.conversation(), newest, PAGE);
      if (more.isEmpty()) {
        break;
      }
      found.addAll(more);
      newest = more.getLast().job().turn() - 1;
    }
    return found;
  }

  /// Enough is a full context behind the oldest open turn, and a proof that nothing behind that is
  /// open: a turn that was once claimed was the oldest open one then. One that was cancelled in the
  /// queue proves nothing. An older turn that was redriven since is left to its own poke: its reply
  /// would not be in this context anyway.
  private static boolean isEnough(List<Turn> newestFirst) {
    var behind = newestFirst.subList(oldestOpen(newestFirst) + 1, newestFirst.size());
    return behind.size() >= ConversationContext.MAX_EXCHANGES
        && behind.stream().anyMatch(turn -> turn.attempt() > 0);
  }

  private static int oldestOpen(List<Turn> newestFirst) {
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      if (newestFirst.get(i).state().isOpen()) {
        return i;
      }
    }
    return -1;
  }

  private static ConversationContext contextBehind(List<Turn> newestFirst, int open) {
    var context = new ConversationContext(newestFirst.getLast().job().turn() - 1, List.of());
    for (int i = newestFirst.size() - 1; i > open; i--) {
      context = context.plus(newestFirst.get(i));
    }
    return context;
  }
}
