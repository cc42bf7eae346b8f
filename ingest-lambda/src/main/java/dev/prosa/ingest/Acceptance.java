package dev.prosa.ingest;

import dev.prosa.core.queue.Poke;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.ingest.problem.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts a message: writes the turn, then sends the poke. A crash in between is repaired by the
/// client's retry, which sends the poke again, or by the sweeper.
final class Acceptance {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  private final Ingest ingest;

  Acceptance(Ingest ingest) {
    this.ingest = ingest;
  }

  /// What was accepted.
  ///
  /// @param turn durable now, or since an earlier request with the same key
  /// @param push whether a browser of the owner listens
  record Accepted(Turn turn, boolean push) {}

  Accepted accept(Request request, Body body) {
    var message = MessageRequest.of(body, ingest.settings().models());
    var push = isReachable(request, message);
    var turn = write(request, body, message);
    if (turn.state().isOpen()) {
      ingest.queue().send(new Poke(turn.job(), turn.traceparent()), turn.owner());
    }
    LOG.atInfo()
        .addKeyValue("jobId", turn.job())
        .addKeyValue("conversationId", turn.job().conversation())
        .log("accepted {}", turn.job());
    return new Accepted(turn, push);
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

  private Turn write(Request request, Body body, MessageRequest message) {
    var key = request.idempotencyKey();
    var outcome =
        ingest
            .database()
            .turns()
            .accept(
                new NewTurn(
                    request.owner(),
                    message.conversation(),
                    message.content(),
                    key == null ? null : new NewTurn.Idempotency(key, body.hash()),
                    ingest.settings().timeToAnswer(),
                    request.traceparent(),
                    message.model()));
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
