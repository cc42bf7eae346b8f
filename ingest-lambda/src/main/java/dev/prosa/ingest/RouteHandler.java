package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// What all routes have in common: who asks is known, and every failure is a problem document.
abstract class RouteHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final Ingest ingest;

  RouteHandler(Ingest ingest) {
    this.ingest = ingest;
  }

  final Ingest ingest() {
    return ingest;
  }

  @Override
  public final APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return Exchange.serve(ingest, event, context, this::serve);
  }

  /// Serves one request; may throw whatever [Exchange] translates.
  abstract APIGatewayProxyResponseEvent serve(Request request);
}
