package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/jobs/{jobId}`: where a job stands, its reply, and what it cost.
public final class GetJobHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public GetJobHandler() {
    this(IngestMain.shared());
  }

  GetJobHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var turn = Jobs.ofCaller(ingest(), request);
    var calls = new Accounts(ingest().calls()).ofJob(turn.job());
    return Exchange.answer(200, Views.job(turn, calls));
  }
}
