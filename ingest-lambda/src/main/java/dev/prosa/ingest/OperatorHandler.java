package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.ingest.problem.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the routes of operators have in common: they are served to nobody else.
abstract class OperatorHandler extends RouteHandler {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorHandler.class);

  OperatorHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  final APIGatewayProxyResponseEvent serve(Request request) {
    if (!request.caller().isOperator()) {
      throw Request.refuse(ProblemCode.FORBIDDEN, "Ask for it as an operator.", null);
    }
    try {
      return operate(request);
    } catch (QueueUnavailableException e) {
      LOG.warn("an operator is told that the queue does not answer", e);
      throw Request.refuse(
          ProblemCode.QUEUE_UNAVAILABLE, "What was not done yet can be asked for again.", null);
    }
  }

  /// Serves an operator.
  abstract APIGatewayProxyResponseEvent operate(Request request);

  /// The dead letters as this operator reaches them.
  final LetterDesk desk(Request request) {
    return new LetterDesk(ingest(), request.owner());
  }
}
