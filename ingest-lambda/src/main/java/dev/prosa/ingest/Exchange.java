package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.identity.IdentityUnavailableException;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import dev.prosa.ingest.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns an event into a request, and whatever comes of it into an answer.
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /// Not every reader of JSON takes an amount with an exponent.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private Exchange() {}

  /// Serves one request. Every failure becomes a problem document.
  static APIGatewayProxyResponseEvent serve(
      Ingest ingest,
      APIGatewayProxyRequestEvent event,
      Context context,
      Function<Request, APIGatewayProxyResponseEvent> work) {
    try {
      return work.apply(Request.of(ingest.verifier(), event, context));
    } catch (ProblemException e) {
      return problem(e.problem());
    } catch (IdentityUnavailableException e) {
      LOG.warn("answering 503: the issuer of tokens does not answer", e);
      return problem(
          Problem.of(
              ProblemCode.IDENTITY_UNAVAILABLE,
              "Nothing was done. Repeat the request; the same token may do."));
    } catch (StoreUnavailableException e) {
      LOG.warn("answering 503: the store does not answer", e);
      return problem(
          Problem.of(
              ProblemCode.STORE_UNAVAILABLE,
              "Nothing was lost. Repeat the request with the same Idempotency-Key."));
    } catch (QueueUnavailableException e) {
      LOG.warn("answering 502: the queue does not answer; the sweeper sends the poke", e);
      return problem(
          Problem.of(
              ProblemCode.QUEUE_REFUSED,
              "Repeat the request with the same Idempotency-Key; it is not answered twice."));
    } catch (CacheUnavailableException e) {
      LOG.warn("answering 503: Redis does not answer", e);
      return problem(
          Problem.of(
              ProblemCode.DELIVERY_UNAVAILABLE,
              "Messages are still accepted; ask for the job until it is answered."));
    } catch (RuntimeException e) {
      LOG.error("answering 500", e);
      return problem(Problem.of(ProblemCode.INTERNAL_ERROR, "This is a defect; please report it."));
    }
  }

  /// 204: it was done, and there is nothing to say about it.
  static APIGatewayProxyResponseEvent done() {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(204)
        .withHeaders(Map.of("Cache-Control", "no-store"));
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

  private static APIGatewayProxyResponseEvent problem(Problem problem) {
    return response(problem.status(), Problem.MEDIA_TYPE, problem.toJson(), Map.of());
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
