package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.runtime.StatusPort;
import java.util.Map;
import java.util.function.Supplier;

/// `GET /metrics`: what a process counted. Nobody is asked who they are, so it is no route of a
/// Lambda: only a process that listens on an address of its own choice has it.
final class GetMetricsHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final Supplier<String> metrics;

  GetMetricsHandler(Supplier<String> metrics) {
    this.metrics = metrics;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(200)
        .withHeaders(Map.of("Content-Type", StatusPort.METRICS_TYPE, "Cache-Control", "no-store"))
        .withBody(metrics.get());
  }
}
