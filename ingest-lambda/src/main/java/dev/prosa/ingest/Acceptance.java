package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.limit.Decision;
import dev.prosa.core.limit.Decision.Rate;
import dev.prosa.core.limit.Reservation;
import dev.prosa.core.log.LogScope;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts a message: writes the turn, then sends the poke. A crash in between is repaired by the
/// client's retry, which sends the poke again, or by the sweeper.
final class Acceptance {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  /// A full context with a few failed turns in between.
  private static final int NEWEST = ConversationContext.MAX_EXCHANGES + 5;

  private final Ingest ingest;

  Acceptance(Ingest ingest) {
    this.ingest = ingest;
  }

  /// What was accepted.
  ///
  /// @param turn durable now, or since an earlier request with the same key
  /// @param push whether a browser of the owner listens
  /// @param retryAt when a provider is asked again; null when one takes calls now, as far as
  ///   anybody knows
  /// @param rate how the caller's requests stand; null when nobody counts them
  record Accepted(Turn turn, boolean push, @Nullable Instant retryAt, @Nullable Rate rate) {

    /// The same for a later answer: what lies in the past by then is left out.
    Accepted at(Instant now) {
      return retryAt == null || retryAt.isAfter(now) ? this : new Accepted(turn, push, null, rate);
    }

    /// 202, and where to ask for the reply.
    APIGatewayProxyResponseEvent answer() {
      var headers = new HashMap<>(headers());
      headers.put("Location", "/v1/jobs/" + turn.job());
      return Exchange.answer(202, Views.accepted(this), headers);
    }

    /// What goes with every answer to the message.
    Map<String, String> headers() {
      return Entrance.headers(rate);
    }
  }

  /// @param body what a repeated request must have in common with the first one
  /// @param message what the body asks for
  Accepted accept(Request request, Body body, MessageRequest message) {
    var push = isReachable(request, message);
    var entered = enter(request, body, message);
    try (var _ = LogScope.of(entered.turn())) {
      return accepted(entered, push);
    }
  }

  /// The log hears of it before a worker can.
  private Accepted accepted(Entered entered, boolean push) {
    var turn = entered.turn();
    LOG.info("accepted {}", turn.job());
    if (turn.state().isOpen()) {
      ingest.queue().send(new Poke(turn.job(), turn.traceparent()), turn.owner());
    }
    var retryAt = turn.state() instanceof TurnState.Accepted ? retryAt(turn) : null;
    return new Accepted(turn, push, retryAt, entered.rate());
  }

  /// Asks whether a provider takes calls and, when none does, says so to all the owner's browsers:
  /// no worker receives the message before.
  private @Nullable Instant retryAt(Turn turn) {
    try {
      var outlook = new Outlook(ingest.providers().read());
      var retryAt = outlook.retryAt(turn.model(), ingest.clock().instant());
      if (retryAt != null) {
        var waiting = ReplyEvent.JobWaiting.providersDown(turn, retryAt);
        ingest.presence().channel().publish(turn.owner(), waiting);
      }
      return retryAt;
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; nobody can tell whether {} has to wait", e.getMessage(), turn.job());
      return null;
    }
  }

  /// A connection that is closed by now is no obstacle; one of somebody else is. Without Redis
  /// nobody can tell, and the message is accepted all the same.
  private boolean isReachable(Request request, MessageRequest message) {
    try {
      var connections = ingest.presence().connections();
      var owner = message.connection() == null ? null : connections.ownerOf(message.connection());
      if (owner != null && !owner.equals(request.owner())) {
        throw MessageRequest.unknownConnection();
      }
      return connections.isConnected(request.owner());
    } catch (CacheUnavailableException e) {
      LOG.warn("{}; accepting a message that must be polled for", e.getMessage());
      return false;
    }
  }

  private record Entered(Turn turn, @Nullable Rate rate) {}

  /// Writes the turn if the limits allow it. A repeated request is answered in any case: its turn
  /// takes nothing any more.
  private Entered enter(Request request, Body body, MessageRequest message) {
    var reservation = Entrance.reservation(ingest, request, body, message);
    var asked = newTurn(request, body, message, reservation);
    return switch (reserve(request, message, reservation)) {
      case Decision.Granted(Rate rate) -> new Entered(write(asked, reservation), rate);
      case Decision.Refused refused -> {
        var earlier = ingest.database().turns().earlier(asked);
        if (earlier == null) {
          throw Entrance.refusal(refused);
        }
        yield new Entered(turn(earlier), refused.rate());
      }
    };
  }

  /// A message to a conversation is reckoned with the longest context there is, so that nothing has
  /// to be read for it. Only when the budget has room for the message, but not for all that, what
  /// the conversation really has is read; that counts in the minute, whatever comes of it.
  private Decision reserve(Request request, MessageRequest message, Reservation reservation) {
    var limits = ingest.limiting().limits();
    var quotas = ingest.limiting().quotas();
    var conversation = message.conversation();
    var longest = quotas.reserve(reservation);
    if (conversation == null
        || !(longest instanceof Decision.Refused refused && refused.reason().isOfBudget())) {
      return longest;
    }
    var alone = quotas.reserve(reservation.with(Entrance.amount(limits, message, 0)));
    if (alone instanceof Decision.Refused) {
      return alone;
    }
    quotas.releaseJob(reservation);
    var context = limits.context(newestTurns(request.owner(), conversation));
    return quotas.reserve(reservation.with(Entrance.amount(limits, message, context)));
  }

  /// None of a conversation that is somebody else's: the message will be refused for that.
  private List<Turn> newestTurns(OwnerId owner, ConversationId conversation) {
    var turns = ingest.database().turns().turns(conversation, Integer.MAX_VALUE, NEWEST);
    return turns.stream().filter(turn -> turn.owner().equals(owner)).toList();
  }

  /// Gives a reservation back only when it is certain that no turn carries it. A write whose answer
  /// was lost may be applied: the end of its turn settles then, or the reservation expires.
  private Turn write(NewTurn asked, Reservation reservation) {
    var quotas = ingest.limiting().quotas();
    try {
      var outcome = ingest.database().turns().accept(asked);
      giveBack(outcome, reservation);
      return turn(outcome);
    } catch (StoreUnavailableException e) {
      if (e.nothingWritten()) {
        quotas.release(reservation);
      }
      throw e;
    }
  }

  /// A repetition is free; a message that the table had to be read for to be refused is not.
  private void giveBack(AcceptOutcome outcome, Reservation reservation) {
    var quotas = ingest.limiting().quotas();
    switch (outcome) {
      case AcceptOutcome.Accepted _ -> {} // its end settles
      case AcceptOutcome.Replayed(Turn turn) when isReservedFor(turn, reservation) -> {}
      case AcceptOutcome.Replayed _ -> quotas.release(reservation);
      case AcceptOutcome.UnknownConversation _, AcceptOutcome.KeyConflict _ ->
          quotas.releaseJob(reservation);
    }
  }

  /// Of two requests with one key that come at once the one may reserve and the other write.
  private static boolean isReservedFor(Turn turn, Reservation reservation) {
    return turn.state().isOpen() && Objects.equals(turn.reservation(), reservation.receipt());
  }

  private NewTurn newTurn(
      Request request, Body body, MessageRequest message, Reservation reservation) {
    var key = request.idempotencyKey();
    return new NewTurn(
        request.owner(),
        message.conversation(),
        message.content(),
        key == null ? null : new NewTurn.Idempotency(key, body.hash()),
        ingest.settings().timeToAnswer(),
        request.trace().traceparent(),
        message.model(),
        message.promptName(),
        reservation.receipt());
  }

  private static Turn turn(AcceptOutcome outcome) {
    return switch (outcome) {
      case AcceptOutcome.Accepted(Turn turn) -> turn;
      case AcceptOutcome.Replayed(Turn turn) -> turn;
      case AcceptOutcome.UnknownConversation _ -> throw MessageRequest.unknownConversation();
      case AcceptOutcome.KeyConflict _ ->
          throw Request.refuse(
              ProblemCode.IDEMPOTENCY_CONFLICT,
              "Use a new key for a new message.",
              "Idempotency-Key");
    };
  }
}
