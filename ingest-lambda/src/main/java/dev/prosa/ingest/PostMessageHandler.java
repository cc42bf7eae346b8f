package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Map;

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
    var accepted = new Acceptance(ingest()).accept(request, Body.of(request));
    var turn = accepted.turn();
    var answer =
        new Views.AcceptedView(
            turn.job().value(),
            turn.job().conversation().value(),
            accepted.retryAt() == null ? "accepted" : "waiting",
            accepted.retryAt() == null ? null : accepted.retryAt().toString(),
            accepted.push() ? "push" : "poll",
            turn.clock().createdAt().toString());
    return Exchange.answer(202, answer, Map.of("Location", "/v1/jobs/" + turn.job()));
  }
}
