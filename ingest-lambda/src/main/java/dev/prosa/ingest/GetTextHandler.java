package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Map;
import java.util.function.Supplier;

/// Shows a text of a process to whoever reaches it, such as what it counted. Nobody is asked who
/// they are, so it is no route of a Lambda: only a process that listens on an address of its own
/// choice has it.
final class GetTextHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final String mediaType;
  private final Supplier<String> text;

  GetTextHandler(String mediaType, Supplier<String> text) {
    this.mediaType = mediaType;
    this.text = text;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(200)
        .withHeaders(Map.of("Content-Type", mediaType, "Cache-Control", "no-store"))
        .withBody(text.get());
  }
}
