package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.limit.Amount;
import dev.prosa.core.reply.Cancellation;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /v1/jobs/{jobId}/cancel`: asks for a job to stop, and answers 202 at once.
public final class CancelJobHandler extends RouteHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CancelJobHandler.class);

  /// Made by Lambda, from the environment.
  public CancelJobHandler() {
    this(IngestMain.shared());
  }

  CancelJobHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var cancellation = new Cancellation(ingest().database().turns(), ingest().presence().channel());
    var turn = cancellation.request(request.owner(), request.job());
    if (turn == null) {
      throw Jobs.unknown();
    }
    if (turn.attempt() == 0 && turn.state() instanceof TurnState.Cancelled) {
      settle(turn);
    }
    return Exchange.answer(202, Views.job(turn, null));
  }

  /// Nobody was asked for a turn that was stopped while it waited, and no worker sees it before a
  /// provider takes calls.
  private void settle(Turn turn) {
    try {
      ingest().limiting().quotas().settle(turn.reservation(), () -> Amount.NOTHING);
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "{}; what the day has spent is kept with the next job after {}",
          e.getMessage(),
          turn.job());
    }
  }
}
