package dev.prosa.ingest.problem;

import java.util.Locale;

/// Every reason not to serve a request. The code in lower case and the status are stable.
public enum ProblemCode {
  INVALID_JSON(400, "The body is not JSON"),
  INVALID_BODY(400, "The body is not a JSON object"),
  MISSING_FIELD(400, "A field is missing"),
  INVALID_FIELD(400, "A field has a value that is not allowed"),
  INVALID_HEADER(400, "A header has a value that is not allowed"),
  UNAUTHORIZED(401, "The token is missing or proves nothing"),
  FORBIDDEN(403, "It needs a role that you do not have"),
  FORBIDDEN_ORIGIN(403, "This origin may not call"),
  FORBIDDEN_HOST(403, "This host name is not served here"),
  NOT_FOUND(404, "There is no such thing, or it is not yours"),
  ROUTE_NOT_FOUND(404, "There is no such route"),
  METHOD_NOT_ALLOWED(405, "The route does not know this method"),
  IDEMPOTENCY_CONFLICT(409, "The idempotency key was used with another body"),
  BODY_TOO_LARGE(413, "The body is too large"),
  CONTENT_TOO_LARGE(413, "The message is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json, not compressed"),
  RATE_LIMITED(429, "Too many messages within a minute"),
  TOO_MANY_JOBS(429, "Too many messages wait for their replies"),
  BUDGET_EXHAUSTED(429, "The budget of the day is spent"),
  INTERNAL_ERROR(500, "Something went wrong on our side"),
  QUEUE_REFUSED(502, "The queue did not take the job"),
  REPLY_FAILED(502, "The message was accepted, but its reply failed"),
  IDENTITY_UNAVAILABLE(503, "Who is asking cannot be told now"),
  QUEUE_UNAVAILABLE(503, "The queue does not answer"),
  STORE_UNAVAILABLE(503, "The store does not answer"),
  DELIVERY_UNAVAILABLE(503, "Live delivery is not available");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// The stable code: the name in lower case.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// One sentence that is the same for every request.
  public String title() {
    return title;
  }
}
