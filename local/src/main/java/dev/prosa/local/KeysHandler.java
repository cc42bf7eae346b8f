package dev.prosa.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.local.issuer.LocalIssuer;
import java.util.Map;

/// `GET /.well-known/jwks.json`: the public key of the tokens that this machine issues.
final class KeysHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final LocalIssuer issuer;

  KeysHandler(LocalIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(200)
        .withHeaders(Map.of("Content-Type", "application/jwk-set+json"))
        .withBody(issuer.keys());
  }
}
