package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `POST /v1/messages`: accepts a message and answers 202 with its job.
public final class PostMessageHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public PostMessageHandler() {
    this(IngestMain.shared());
  }

  PostMessageHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var body = Body.of(request);
    var message = MessageRequest.of(body, "content", ingest().settings());
    return new Acceptance(ingest()).accept(request, body, message).answer();
  }
}
