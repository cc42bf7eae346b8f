package dev.prosa.local.deploy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.ingest.http.Route;
import dev.prosa.ingest.http.StaticFiles;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Set;

/// Stands where API Gateway and Lambda stand: makes each handler as Lambda does, from its class
/// name and the environment.
final class FunctionsMain {

  static final String READY = "functions are served at port ";

  /// A page of another origin that API Gateway, which knows nothing of pages, lets through.
  static final String PAGE = "https://chat.example.com";

  private FunctionsMain() {}

  /// Serves the functions until it is ended.
  ///
  /// @param args method, path and class of each function, in one word with commas
  @SuppressWarnings("SystemOut") // speaks to the test
  public static void main(String[] args) {
    var routes = Arrays.stream(args).map(arg -> route(arg.split(",", -1))).toList();
    var anywhere = new HttpFront.Listening(InetAddress.getLoopbackAddress(), 0, Set.of(PAGE));
    System.out.println(READY + HttpFront.start(anywhere, routes, StaticFiles.NONE).port());
  }

  @SuppressWarnings("unchecked") // Lambda does not know either
  private static Route route(String[] parts) {
    try {
      var handler = Class.forName(parts[2]).getConstructor().newInstance();
      return new Route(
          parts[0],
          parts[1],
          (RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>) handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(parts[2] + " is no function", e);
    }
  }
}
