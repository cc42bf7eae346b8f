package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `POST /v1/logout`: every WebSocket of the caller is closed within seconds, and tickets that were
/// issued before let nobody in. Tokens are their issuer's and go on proving who they were issued
/// to.
public final class PostLogoutHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public PostLogoutHandler() {
    this(IngestMain.shared());
  }

  PostLogoutHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    ingest().presence().tickets().logOut(request.owner());
    return Exchange.done();
  }
}
