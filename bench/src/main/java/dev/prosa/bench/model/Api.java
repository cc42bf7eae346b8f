package dev.prosa.bench.model;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.ingest.Ingest;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.IngestSettings;
import dev.prosa.ingest.http.Route;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The HTTP API: every request runs the real handlers in a Lambda of its own, which may die in the
/// middle, and whose answer may get lost.
final class Api {

  private static final int UNREACHABLE = 0;
  private static final Duration CUT = Duration.ofSeconds(5);

  private final World world;
  private int requests;

  Api(World world) {
    this.world = world;
  }

  /// One request of a page.
  ///
  /// @param key the idempotency key; null when it has none
  record Call(String method, String path, @Nullable String key, @Nullable String body) {}

  /// Serves a request.
  ///
  /// @param answer takes status and body, some time later and at most once; status 0 is a cut line
  void serve(String owner, Call call, BiConsumer<Integer, String> answer) {
    var lambda = world.process("lambda-" + requests++);
    var weather = world.weather();
    world.later(
        lambda,
        () -> {
          if (lambda.happens(weather.lost())) {
            cut(answer);
          } else {
            lambda.start("request", () -> run(lambda, owner, call, answer));
          }
        });
    world.whenKilled(lambda, () -> cut(answer));
  }

  private void cut(BiConsumer<Integer, String> answer) {
    world.kernel().after(CUT.toNanos(), null, () -> answer.accept(UNREACHABLE, ""));
  }

  private void run(Proc lambda, String owner, Call call, BiConsumer<Integer, String> answer) {
    var response = respond(lambda, owner, call);
    world
        .history()
        .note("%s %s: %d".formatted(call.method(), call.path(), response.getStatusCode()));
    if (lambda.happens(world.weather().ambiguous())) {
      cut(answer);
    } else {
      world.later(null, () -> answer.accept(response.getStatusCode(), response.getBody()));
    }
  }

  private APIGatewayProxyResponseEvent respond(Proc lambda, String owner, Call call) {
    for (var route : routes(lambda)) {
      var variables = route.match(call.path());
      if (variables != null && route.method().equals(call.method())) {
        var response =
            route.handler().handleRequest(event(owner, call, variables), context(lambda));
        return Objects.requireNonNull(response);
      }
    }
    throw new IllegalArgumentException("no route for " + call.method() + " " + call.path());
  }

  /// All that a Lambda tells its handlers here is which request it serves.
  private static Context context(Proc lambda) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> method.getName().equals("getAwsRequestId") ? lambda.name() : null);
  }

  private static APIGatewayProxyRequestEvent event(
      String owner, Call call, Map<String, String> variables) {
    var headers = new HashMap<String, String>();
    headers.put("Authorization", "Bearer dev-" + owner);
    headers.put("Content-Type", "application/json");
    if (call.key() != null) {
      headers.put("Idempotency-Key", call.key());
    }
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod(call.method())
        .withPath(call.path())
        .withPathParameters(variables)
        .withHeaders(headers)
        .withQueryStringParameters(Map.of())
        .withBody(Objects.requireNonNullElse(call.body(), ""))
        .withIsBase64Encoded(false);
  }

  private List<Route> routes(Proc lambda) {
    var reach = world.reach();
    return IngestMain.routes(
        new Ingest(
            reach.database(lambda),
            CallLedger.inMemory(),
            ProviderBoard.inMemory(lambda),
            reach.queue(lambda),
            new Ingest.Presence(
                reach.connections(lambda), reach.tickets(lambda), reach.channel(lambda)),
            new Ingest.Limiting(Limits.NONE, Quotas.inMemory(lambda)),
            new Ingest.Operations(
                () -> new Ingest.Operations.Queues(reach.queue(lambda), reach.deadLetters(lambda)),
                FiguresBoard.inMemory(lambda),
                Ingest.Operations::inLog),
            TokenVerifier.development(lambda),
            new IngestSettings(
                World.TIME_TO_ANSWER,
                null,
                1,
                new IngestSettings.Model("model", "signed-1", false),
                List.of(),
                List.of()),
            lambda));
  }
}
