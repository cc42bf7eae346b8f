package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.documents.HttpAnswer;
import dev.prosa.core.documents.OpenApi;
import dev.prosa.core.documents.Operation;
import dev.prosa.ingest.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Holds what handlers are asked and answer against `docs/openapi.yaml`.
final class Documented {

  /// Where a handler has two routes, the first one.
  private static final Map<Class<?>, Operation> OPERATIONS =
      IngestMain.routes(new Api().ingest()).stream()
          .collect(
              Collectors.toMap(
                  r -> r.handler().getClass(), Documented::operation, (first, _) -> first));

  private Documented() {}

  static Operation operation(Route route) {
    return new Operation(route.method(), route.template());
  }

  /// @throws AssertionError when the answer is not documented so, or the request that succeeded is
  ///   none that the document allows
  static void require(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler,
      APIGatewayProxyRequestEvent event,
      APIGatewayProxyResponseEvent response) {
    var operation = Objects.requireNonNull(OPERATIONS.get(handler.getClass()), "it has no route");
    var body = Objects.requireNonNullElse(response.getBody(), "");
    OpenApi.DOCUMENTED.requireAnswer(
        operation, new HttpAnswer(response.getStatusCode(), response.getHeaders(), body));
    if (response.getStatusCode() < 300) {
      OpenApi.DOCUMENTED.requireRequest(operation, body(event));
    }
  }

  private static String body(APIGatewayProxyRequestEvent event) {
    var body = Objects.requireNonNullElse(event.getBody(), "");
    return Boolean.TRUE.equals(event.getIsBase64Encoded())
        ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
        : body;
  }
}
