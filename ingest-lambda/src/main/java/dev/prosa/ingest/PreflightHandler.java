package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.ingest.http.PageAccess;
import dev.prosa.ingest.http.Route;
import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import dev.prosa.ingest.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `OPTIONS` of every path, behind API Gateway: what pages of other origins may ask for. A server
/// of ours answers that itself, and so this is none of its routes.
public final class PreflightHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final Ingest ingest;
  private final List<Route> routes;

  /// Made by Lambda, from the environment.
  public PreflightHandler() {
    this(IngestMain.shared());
  }

  PreflightHandler(Ingest ingest) {
    this.ingest = ingest;
    this.routes = IngestMain.routes(ingest);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return Exchange.serveAnybody(ingest, event, context, () -> tell(event));
  }

  private APIGatewayProxyResponseEvent tell(APIGatewayProxyRequestEvent event) {
    var headers = Request.headers(event);
    var refused = ingest.settings().pages().refusal(headers.get("Origin"));
    if (refused != null) {
      throw new ProblemException(refused);
    }
    var methods = methods(event.getResource());
    if (!headers.containsKey("Origin") || !headers.containsKey("Access-Control-Request-Method")) {
      var allowed = String.join(", ", methods);
      throw new ProblemException(
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Allowed: " + allowed),
          Map.of("Allow", allowed));
    }
    return Exchange.done(PageAccess.preflight(methods));
  }

  /// @param template the path as API Gateway knows it
  private SortedSet<String> methods(String template) {
    return routes.stream()
        .filter(route -> route.template().equals(template))
        .map(Route::method)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
