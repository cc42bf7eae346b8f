package dev.prosa.core.erase;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.Erasures;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.CallLedger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases conversations: hides one first, then deletes its turns and stops those that are answered,
/// then deletes what was asked of models. Whoever dies in between leaves the rest to a worker's
/// sweeper; doing any of it twice does no harm. Thread-safe.
///
/// @param store what is on its way out
/// @param calls what was asked of models
/// @param quotas what open turns have reserved
/// @param channel to those who answer, and to the browsers
public record Erasure(Erasures store, CallLedger calls, Quotas quotas, ReplyChannel channel) {

  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  /// Erases a conversation, as far as there is time.
  ///
  /// @param inTime asked before each step of about 100 ms; false leaves the rest to the sweeper
  /// @throws StoreUnavailableException when the store does not answer; the conversation may be
  ///   erased or whole
  public ErasureOutcome erase(OwnerId owner, ConversationId conversation, BooleanSupplier inTime) {
    if (!store.begin(owner, conversation)) {
      return ErasureOutcome.UNKNOWN;
    }
    LOG.atInfo()
        .addKeyValue("conversationId", conversation)
        .addKeyValue("owner", owner)
        .log("erasing {}", conversation);
    try {
      return goOn(conversation, inTime) ? ErasureOutcome.DONE : ErasureOutcome.BEGUN;
    } catch (StoreUnavailableException e) {
      LOG.warn("{}; a sweeper goes on with {}", e.getMessage(), conversation);
      return ErasureOutcome.BEGUN;
    }
  }

  /// Deletes what is left of a conversation whose erasure has begun.
  ///
  /// @param inTime asked before each step of about 100 ms
  /// @return whether nothing is left
  /// @throws StoreUnavailableException when the store does not answer
  public boolean goOn(ConversationId conversation, BooleanSupplier inTime) {
    while (inTime.getAsBoolean()) {
      var removed = store.removeTurns(conversation);
      removed.stream()
          .filter(turn -> turn.state().isOpen())
          .forEach(turn -> {
            stop(turn);
            settle(turn);
          });
      if (removed.isEmpty() && !calls.removeSome(conversation)) {
        return true;
      }
    }
    return false;
  }

  /// Whoever answers the turn is told to stop, and whoever looks at it that it was; the live text
  /// goes with that. A worker that hears nothing learns it by its next heartbeat.
  private void stop(Turn turn) {
    try {
      channel.requestStop(turn.job());
      var _ =
          channel.publish(turn.owner(), ReplyEvent.ofFinal(turn.with(new TurnState.Cancelled(""))));
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; the erasure of {} shows later", e.getMessage(), turn.job());
    }
  }

  /// Nobody will end a turn that waits, so what it took by now is settled here. Who answers one
  /// knows what that takes and settles it; when that worker is dead, what was reckoned is charged.
  private void settle(Turn turn) {
    if (!(turn.state() instanceof TurnState.Accepted)) {
      return;
    }
    try {
      quotas.settle(turn.reservation(), () -> Amount.of(calls.ofJob(turn.job())));
    } catch (StoreUnavailableException e) {
      LOG.warn("{}; what {} took is settled when it expires", e.getMessage(), turn.job());
    }
  }
}
