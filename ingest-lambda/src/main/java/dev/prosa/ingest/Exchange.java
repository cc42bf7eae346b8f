package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.identity.IdentityUnavailableException;
import dev.prosa.core.log.LogKey;
import dev.prosa.core.log.LogScope;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.trace.TraceContext;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import dev.prosa.ingest.problem.ProblemException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns an event into a request, and whatever comes of it into an answer.
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final SecureRandom RANDOM = new SecureRandom();

  /// Not every reader of JSON takes an amount with an exponent.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private Exchange() {}

  /// Serves one request. Every failure becomes a problem document. The caller's trace goes on here,
  /// or one begins.
  static APIGatewayProxyResponseEvent serve(
      Ingest ingest,
      APIGatewayProxyRequestEvent event,
      Context context,
      Function<Request, APIGatewayProxyResponseEvent> work) {
    return traced(
        ingest,
        event,
        context,
        trace -> work.apply(Request.of(ingest.verifier(), event, context, trace)));
  }

  /// The same for a request that anybody may make.
  static APIGatewayProxyResponseEvent serveAnybody(
      Ingest ingest,
      APIGatewayProxyRequestEvent event,
      Context context,
      Supplier<APIGatewayProxyResponseEvent> work) {
    return traced(ingest, event, context, _ -> work.get());
  }

  private static APIGatewayProxyResponseEvent traced(
      Ingest ingest,
      APIGatewayProxyRequestEvent event,
      Context context,
      Function<TraceContext, APIGatewayProxyResponseEvent> work) {
    var headers = Request.headers(event);
    var trace = TraceContext.after(headers.get("traceparent"), RANDOM);
    try (var _ = LogScope.of(LogKey.TRACE_ID, trace.traceId());
        var _ = LogScope.of(LogKey.REQUEST_ID, context.getAwsRequestId())) {
      var answer = serve(trace, () -> work.apply(trace));
      var shared = new HashMap<>(answer.getHeaders());
      shared.putAll(ingest.settings().pages().sharing(headers.get("Origin")));
      return answer.withHeaders(shared);
    }
  }

  private static APIGatewayProxyResponseEvent serve(
      TraceContext trace, Supplier<APIGatewayProxyResponseEvent> work) {
    try {
      return work.get();
    } catch (ProblemException e) {
      return problem(trace, e.problem(), e.headers());
    } catch (RuntimeException e) {
      return problem(trace, told(e), Map.of());
    }
  }

  /// What a caller is told of a failure, and the log as well.
  private static Problem told(RuntimeException failure) {
    var problem = problemOf(failure);
    if (problem.code().equals(ProblemCode.INTERNAL_ERROR.code())) {
      LOG.error("answering 500", failure);
    } else {
      LOG.warn("answering {} {}: {}", problem.status(), problem.code(), problem.detail(), failure);
    }
    return problem;
  }

  private static Problem problemOf(RuntimeException failure) {
    return switch (failure) {
      case IdentityUnavailableException _ ->
          Problem.of(
              ProblemCode.IDENTITY_UNAVAILABLE,
              "Nothing was done. Repeat the request; the same token may do.");
      case StoreUnavailableException _ ->
          Problem.of(
              ProblemCode.STORE_UNAVAILABLE,
              "Nothing was lost. Repeat the request with the same Idempotency-Key.");
      // without a repetition the sweeper sends the poke
      case QueueUnavailableException _ ->
          Problem.of(
              ProblemCode.QUEUE_REFUSED,
              "Repeat the request with the same Idempotency-Key; it is not answered twice.");
      case CacheUnavailableException _ ->
          Problem.of(
              ProblemCode.DELIVERY_UNAVAILABLE,
              "Messages are still accepted; ask for the job until it is answered.");
      default -> Problem.of(ProblemCode.INTERNAL_ERROR, "This is a defect; please report it.");
    };
  }

  /// 204: it was done, and there is nothing to say about it.
  static APIGatewayProxyResponseEvent done() {
    return done(Map.of());
  }

  static APIGatewayProxyResponseEvent done(Map<String, String> moreHeaders) {
    var headers = new HashMap<>(moreHeaders);
    headers.put("Cache-Control", "no-store");
    return new APIGatewayProxyResponseEvent().withStatusCode(204).withHeaders(headers);
  }

  static APIGatewayProxyResponseEvent answer(int status, Object body) {
    return answer(status, body, Map.of());
  }

  static APIGatewayProxyResponseEvent answer(
      int status, Object body, Map<String, String> moreHeaders) {
    try {
      return response(status, "application/json", JSON.writeValueAsString(body), moreHeaders);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static APIGatewayProxyResponseEvent problem(
      TraceContext trace, Problem problem, Map<String, String> headers) {
    return response(
        problem.status(), Problem.MEDIA_TYPE, problem.in(trace.traceId()).toJson(), headers);
  }

  private static APIGatewayProxyResponseEvent response(
      int status, String mediaType, String body, Map<String, String> moreHeaders) {
    var headers = new HashMap<>(moreHeaders);
    headers.put("Content-Type", mediaType);
    headers.put("Cache-Control", "no-store");
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body);
  }
}
