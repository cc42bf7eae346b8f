package dev.prosa.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.prosa.ingest.PostMessageHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/// Serves one request as Lambda would have it done, with the settings of its environment.
final class LambdaMain {

  static final String REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  private LambdaMain() {}

  public static void main(String[] args) {
    var headers =
        Map.of(
            "Content-Type",
            "application/json",
            "traceparent",
            "00-" + TRACE_ID + "-00f067aa0ba902b7-01");
    var event =
        new APIGatewayProxyRequestEvent().withHeaders(headers).withBody("{\"content\":\"Hi\"}");
    new PostMessageHandler().handleRequest(event, context());
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> method.getName().equals("getAwsRequestId") ? REQUEST_ID : null);
  }
}
