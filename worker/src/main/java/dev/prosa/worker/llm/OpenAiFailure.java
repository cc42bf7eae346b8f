package dev.prosa.worker.llm;

import com.openai.core.http.Headers;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.worker.llm.ModelException.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says what a failed call means. Messages of the client library may quote the request, so only
/// kinds and numbers of them are told.
final class OpenAiFailure {

  /// How providers say that the conversation does not fit (their error codes and messages).
  private static final List<String> TOO_LONG =
      List.of(
          "context_length_exceeded",
          "maximum context length",
          "context window",
          "prompt is too long",
          "too many tokens",
          "maximum number of tokens");

  private static final List<String> FILTERED =
      List.of("content_filter", "content_policy", "content management policy");

  /// An account without money is not back within seconds.
  private static final Duration UNPAID = Duration.ofMinutes(1);

  private OpenAiFailure() {}

  /// @param begun whether text had come
  static ModelException of(OpenAIException e, boolean begun, Instant now) {
    return switch (e) {
      case SseException inStream -> inStream(inStream);
      case OpenAIServiceException refused -> refused(refused, now);
      default -> broken(e, begun);
    };
  }

  private static ModelException broken(OpenAIException e, boolean begun) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (!begun && neverReached(cause)) {
        return unavailable(Kind.AWAY, cause.getClass().getSimpleName(), null, e);
      }
    }
    return unavailable(Kind.BROKEN, e.getClass().getSimpleName(), null, e);
  }

  private static boolean neverReached(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof SSLException
        || isConnectTimeout(cause);
  }

  /// Waiting for an answer ends with the same class; only the JDK's words tell them apart.
  private static boolean isConnectTimeout(Throwable cause) {
    return cause instanceof SocketTimeoutException
        && "Connect timed out".equalsIgnoreCase(cause.getMessage());
  }

  private static ModelException inStream(SseException e) {
    var said = said(e);
    var what = "error inside the stream";
    if (mentions(said, FILTERED) || mentions(said, TOO_LONG)) {
      return refusal(said, what, e);
    }
    return mentions(said, List.of("rate_limit", "too_many_requests"))
        ? unavailable(Kind.BUSY, what, null, e)
        : unavailable(Kind.BROKEN, what, null, e);
  }

  private static ModelException refused(OpenAIServiceException e, Instant now) {
    var what = "HTTP " + e.statusCode();
    var pause = retryAfter(e.headers(), now);
    return switch (e.statusCode()) {
      case 429 ->
          said(e).contains("insufficient_quota")
              ? unavailable(Kind.BUSY, what + ", no quota", pause == null ? UNPAID : pause, e)
              : unavailable(Kind.BUSY, what, pause, e);
      // 529 is Anthropic's "overloaded"; 520 to 524 are a front that cannot reach its server
      case 502, 503, 504, 520, 521, 522, 523, 524, 529 -> unavailable(Kind.AWAY, what, pause, e);
      case 401, 402, 403, 404, 405 ->
          new ModelException(Kind.MISCONFIGURED, FailureCode.PROVIDER_REJECTED, what, e);
      case 413 -> new ModelException(Kind.REFUSED, FailureCode.CONTEXT_TOO_LONG, what, e);
      case 408, 409 -> unavailable(Kind.BROKEN, what, null, e);
      default -> byClass(e, what);
    };
  }

  private static ModelException byClass(OpenAIServiceException e, String what) {
    return switch (e.statusCode() / 100) {
      case 3 -> new ModelException(Kind.MISCONFIGURED, FailureCode.PROVIDER_REJECTED, what, e);
      case 4 -> refusal(said(e), what, e);
      default -> unavailable(Kind.BROKEN, what, null, e);
    };
  }

  private static ModelException refusal(String said, String what, OpenAIException e) {
    var code =
        mentions(said, FILTERED)
            ? FailureCode.CONTENT_FILTERED
            : mentions(said, TOO_LONG)
                ? FailureCode.CONTEXT_TOO_LONG
                : FailureCode.PROVIDER_REJECTED;
    return new ModelException(Kind.REFUSED, code, what, e);
  }

  private static ModelException unavailable(
      Kind kind, String what, @Nullable Duration pause, Throwable cause) {
    return new ModelException(kind, FailureCode.PROVIDER_UNAVAILABLE, what, pause, cause);
  }

  /// The error as the provider put it. It is searched, never told: it may quote the user.
  private static String said(OpenAIServiceException e) {
    return e.body().toString().toLowerCase(Locale.ROOT);
  }

  private static boolean mentions(String said, List<String> words) {
    return words.stream().anyMatch(said::contains);
  }

  /// `retry-after-ms` is OpenAI's; `Retry-After` holds seconds or a date (RFC 9110, 10.2.3).
  static @Nullable Duration retryAfter(Headers headers, Instant now) {
    var millis = positive(first(headers, "retry-after-ms"));
    if (millis != null) {
      return Duration.ofMillis(millis);
    }
    var text = first(headers, "retry-after");
    var seconds = positive(text);
    return seconds != null ? Duration.ofSeconds(seconds) : untilDate(text, now);
  }

  private static String first(Headers headers, String name) {
    var values = headers.values(name);
    return values.isEmpty() ? "" : values.getFirst().strip();
  }

  private static @Nullable Long positive(String text) {
    return text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
        ? (long) Math.ceil(Double.parseDouble(text))
        : null;
  }

  private static @Nullable Duration untilDate(String text, Instant now) {
    try {
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
    } catch (DateTimeException notADate) {
      return null;
    }
  }
}
