package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.Role;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.trace.TraceContext;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import dev.prosa.ingest.problem.ProblemException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request whose caller is known.
///
/// @param caller who asks
/// @param headers by name, whatever its case
/// @param path the variables of the path
/// @param query the parameters of the query
/// @param event the event it came in
/// @param context knows how much time is left
/// @param trace where the request stands in its trace
record Request(
    Caller caller,
    Map<String, String> headers,
    Map<String, String> path,
    Map<String, String> query,
    APIGatewayProxyRequestEvent event,
    Context context,
    TraceContext trace) {

  private static final String BEARER = "bearer ";

  /// RFC 6750, section 3, wants at least one parameter.
  private static final String CHALLENGE = "Bearer realm=\"prosa\"";

  private static final int MAX_KEY_LENGTH = 255;
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

  /// The headers of an event, to be found whatever their case.
  static Map<String, String> headers(APIGatewayProxyRequestEvent event) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(orEmpty(event.getHeaders()));
    return headers;
  }

  static Request of(
      TokenVerifier verifier,
      APIGatewayProxyRequestEvent event,
      Context context,
      TraceContext trace) {
    var headers = headers(event);
    var token = token(headers.get("Authorization"));
    var caller = verifier.verify(token);
    if (caller == null) {
      throw unauthorized(token);
    }
    return new Request(
        caller,
        headers,
        orEmpty(event.getPathParameters()),
        orEmpty(event.getQueryStringParameters()),
        event,
        context,
        trace);
  }

  /// A 401 says how to do better (RFC 9110, section 15.5.2), and that a token was in vain only when
  /// one was shown (RFC 6750, section 3.1).
  private static ProblemException unauthorized(@Nullable String token) {
    var shown = token != null && !token.isEmpty();
    return new ProblemException(
        Problem.of(
            ProblemCode.UNAUTHORIZED,
            shown ? "The bearer token is not valid." : "A bearer token is needed.",
            "Authorization"),
        Map.of("WWW-Authenticate", shown ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE));
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }

  /// An `Authorization` of another kind is not taken for none.
  private static @Nullable String token(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }

  static ProblemException refuse(ProblemCode code, String detail, @Nullable String field) {
    return new ProblemException(Problem.of(code, detail, field));
  }

  OwnerId owner() {
    return caller.owner();
  }

  /// Everybody is known to themselves only.
  ///
  /// @param user whom the request names
  void requireCaller(String user) {
    if (!user.equals(owner().value())) {
      throw unknownUser();
    }
  }

  /// Everybody is known to themselves, and to the admins of their tenant.
  ///
  /// @param user whom the request names
  OwnerId user(String user) {
    if (user.equals(owner().value())) {
      return owner();
    }
    if (!caller.is(Role.ADMIN) || !OwnerId.isValid(user)) {
      throw unknownUser();
    }
    var other = new OwnerId(user);
    if (!caller.sharesTenantWith(other)) {
      throw unknownUser();
    }
    return other;
  }

  /// The user in the path; `me` is the caller.
  OwnerId userOrMe() {
    var user = path.getOrDefault("user_id", "");
    return user.equals("me") ? owner() : user(user);
  }

  private static ProblemException unknownUser() {
    return refuse(ProblemCode.NOT_FOUND, "There is no such user.", "user_id");
  }

  /// The job in the path. A malformed id is as unknown as one that nobody has.
  JobId job() {
    var job = JobId.parse(path.getOrDefault("jobId", ""));
    if (job == null) {
      throw refuse(ProblemCode.NOT_FOUND, "There is no such job.", "jobId");
    }
    return job;
  }

  /// The job or message whose dead letter is meant; whether there is one, the queue tells.
  String letter() {
    return path.getOrDefault("letterId", "");
  }

  /// The conversation in the path.
  ConversationId conversation() {
    var id = ConversationId.parse(path.getOrDefault("conversationId", ""));
    if (id == null) {
      throw refuse(ProblemCode.NOT_FOUND, "There is no such conversation.", "conversationId");
    }
    return id;
  }

  /// The `limit` of a list.
  int limit(int fallback, int max) {
    var text = query.get("limit");
    if (text == null) {
      return fallback;
    }
    var number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > max) {
      throw refuse(ProblemCode.INVALID_FIELD, "limit is a number from 1 to " + max + ".", "limit");
    }
    return number;
  }

  /// The `Idempotency-Key`; null when there is none.
  @Nullable String idempotencyKey() {
    var key = headers.get("Idempotency-Key");
    if (key != null && (key.length() > MAX_KEY_LENGTH || !PRINTABLE.matcher(key).matches())) {
      throw refuse(
          ProblemCode.INVALID_HEADER,
          "An idempotency key is 1 to " + MAX_KEY_LENGTH + " visible ASCII characters.",
          "Idempotency-Key");
    }
    return key;
  }
}
