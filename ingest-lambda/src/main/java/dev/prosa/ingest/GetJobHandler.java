package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/jobs/{jobId}`: where a job stands, and its reply.
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
    return Exchange.answer(200, Views.job(Jobs.ofCaller(ingest(), request)));
  }
}
