package dev.prosa.ingest.http;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One method and path, and the handler that serves it.
///
/// @param method in upper case
/// @param template a path whose variables stand in braces: `/v1/jobs/{jobId}`
/// @param handler thread-safe
public record Route(
    String method,
    String template,
    RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler) {

  /// The variables of `path`; null when it is another path.
  public @Nullable Map<String, String> match(String path) {
    var wanted = template.split("/", -1);
    var given = path.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    var variables = new HashMap<String, String>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return null;
      }
    }
    return Map.copyOf(variables);
  }
}
