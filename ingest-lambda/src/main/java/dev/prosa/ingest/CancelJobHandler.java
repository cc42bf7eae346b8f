package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.reply.Cancellation;

/// `POST /v1/jobs/{jobId}/cancel`: asks for a job to stop, and answers 202 at once.
public final class CancelJobHandler extends RouteHandler {

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
    return Exchange.answer(202, Views.job(turn, null));
  }
}
