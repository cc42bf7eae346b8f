package dev.prosa.ingest.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/// A problem document (RFC 9457) with a stable `code`.
///
/// @param type `about:blank`: the code tells more than a URL would
/// @param title one sentence for the code
/// @param status the HTTP status
/// @param detail what is wrong with this request; never an exception's message
/// @param code a [ProblemCode] in lower case
/// @param field the field, header or parameter it is about; null when it is about none
/// @param jobId the job it is about; null when it is about none
/// @param failure why that job failed, as `error.code` of the job says it; null when it did not
/// @param traceId the trace of the request, for whoever looks into it; null when it has none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    @Nullable String field,
    @Nullable String jobId,
    @Nullable String failure,
    @Nullable String traceId) {

  /// The media type of a problem document.
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A problem that is about no field.
  public static Problem of(ProblemCode code, String detail) {
    return of(code, detail, null);
  }

  /// A problem that is about one field, header or parameter.
  public static Problem of(ProblemCode code, String detail, @Nullable String field) {
    return new Problem(
        "about:blank", code.title(), code.status(), detail, code.code(), field, null, null, null);
  }

  /// A job that was accepted, and failed while the caller waited for its reply.
  public static Problem replyFailed(String jobId, String failure, String detail) {
    var code = ProblemCode.REPLY_FAILED;
    return new Problem(
        "about:blank",
        code.title(),
        code.status(),
        detail,
        code.code(),
        null,
        jobId,
        failure,
        null);
  }

  /// The same, as the answer to a request of this trace.
  public Problem in(String trace) {
    return new Problem(type, title, status, detail, code, field, jobId, failure, trace);
  }

  /// The document.
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
