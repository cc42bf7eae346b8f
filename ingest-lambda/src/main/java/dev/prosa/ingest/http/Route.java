package dev.prosa.ingest.http;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

  /// The variables of `path`, decoded; null when it is another path. A `%2F` divides nothing, so
  /// that a variable may have a slash, as API Gateway has it.
  ///
  /// @param path percent-encoded as in a URL (RFC 3986, section 2.1)
  public @Nullable Map<String, String> match(String path) {
    var wanted = template.split("/", -1);
    var given = path.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    var variables = new HashMap<String, String>();
    for (int i = 0; i < wanted.length; i++) {
      var segment = decode(given[i]);
      if (wanted[i].startsWith("{")) {
        variables.put(wanted[i].substring(1, wanted[i].length() - 1), segment);
      } else if (!wanted[i].equals(segment)) {
        return null;
      }
    }
    return Map.copyOf(variables);
  }

  /// In a path a plus is a plus, other than in a query.
  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return segment;
    }
  }
}
