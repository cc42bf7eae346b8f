package dev.prosa.worker.sweep;

import dev.prosa.core.erase.Erasure;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One look at the erasures that have begun: deletes what is left of each, also what came late.
/// Many workers may look at once: the conditional postponement lets one of them work.
final class ErasureSweep {

  private static final Logger LOG = LoggerFactory.getLogger(ErasureSweep.class);

  /// When others may take an erasure up whose sweeper died.
  private static final Duration NEXT_LOOK = Duration.ofSeconds(60);

  /// Well before that; the turns of others wait for this sweep to end.
  private static final Duration TIME = Duration.ofSeconds(20);

  private static final int LIMIT = 100;

  private final Erasure erasure;
  private final ContextCache contexts;
  private final InstantSource clock;

  ErasureSweep(Erasure erasure, ContextCache contexts, InstantSource clock) {
    this.erasure = erasure;
    this.contexts = contexts;
    this.clock = clock;
  }

  void run() {
    var end = clock.instant().plus(TIME);
    for (var conversation : erasure.store().overdueErasures(LIMIT)) {
      if (!clock.instant().isBefore(end)) {
        return;
      }
      goOnUnlessBroken(conversation);
    }
  }

  /// One that cannot be erased must not keep the others for ever.
  private void goOnUnlessBroken(ConversationId conversation) {
    try {
      goOn(conversation);
    } catch (StoreUnavailableException away) {
      throw away;
    } catch (RuntimeException e) {
      LOG.error("{} cannot be erased; going on with the others", conversation, e);
    }
  }

  private void goOn(ConversationId conversation) {
    var now = clock.instant();
    if (!erasure.store().postpone(conversation, now.plus(NEXT_LOOK))) {
      return;
    }
    forgetContext(conversation);
    var end = now.plus(TIME);
    if (erasure.goOn(conversation, () -> clock.instant().isBefore(end))) {
      erasure.store().settle(conversation);
    } else {
      LOG.info("{} is not erased yet; going on within {}", conversation, NEXT_LOOK);
    }
  }

  private void forgetContext(ConversationId conversation) {
    try {
      contexts.remove(conversation);
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; the context of {} expires by itself", e.getMessage(), conversation);
    }
  }
}
