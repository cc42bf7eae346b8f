package dev.prosa.ingest;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Decision;
import dev.prosa.core.limit.Decision.Rate;
import dev.prosa.core.limit.Decision.Reason;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.limit.Reservation;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemCode;
import dev.prosa.ingest.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words in which callers hear about limits, and what a message reserves.
final class Entrance {

  /// Beyond the deadline of a turn: somebody has to notice it.
  private static final Duration TO_SETTLE = Duration.ofMinutes(1);

  private Entrance() {}

  /// What a message reserves. A repeated request reserves what the first one did, so that one whose
  /// answer was lost is not in its own way.
  static Reservation reservation(
      Ingest ingest, Request request, Body body, MessageRequest message) {
    Limits limits = ingest.limiting().limits();
    return Reservation.create(
        name(request, body),
        limits.quotas(request.caller(), message.model()),
        amount(limits, message, message.conversation() == null ? 0 : Limits.LONGEST_CONTEXT),
        ingest.settings().timeToAnswer().plus(TO_SETTLE));
  }

  /// @param context tokens of what the model is told of the conversation before
  static Amount amount(Limits limits, MessageRequest message, long context) {
    return limits.reckon(message.content(), context, message.model());
  }

  private static String name(Request request, Body body) {
    var key = request.idempotencyKey();
    return key == null
        ? RandomId.create().value()
        : Body.hash(String.join(" ", request.owner().value(), key, body.hash()));
  }

  /// 429, and when it may be worth another try.
  static ProblemException refusal(Decision.Refused refused) {
    var headers = new HashMap<>(headers(refused.rate()));
    headers.put("Retry-After", seconds(refused.retryAfter()));
    return new ProblemException(Problem.of(code(refused.reason()), detail(refused)), headers);
  }

  /// How the caller's requests stand, as in RateLimit Fields for HTTP
  /// (draft-ietf-httpapi-ratelimit-headers-06); empty when nobody counts them.
  static Map<String, String> headers(@Nullable Rate rate) {
    return rate == null
        ? Map.of()
        : Map.of(
            "RateLimit-Limit", Integer.toString(rate.limit()),
            "RateLimit-Remaining", Integer.toString(rate.remaining()),
            "RateLimit-Reset", seconds(rate.reset()));
  }

  private static ProblemCode code(Reason reason) {
    return switch (reason) {
      case REQUESTS -> ProblemCode.RATE_LIMITED;
      case JOBS -> ProblemCode.TOO_MANY_JOBS;
      case TOKENS, COST -> ProblemCode.BUDGET_EXHAUSTED;
    };
  }

  private static String detail(Decision.Refused refused) {
    var sentence =
        switch (refused.reason()) {
          case REQUESTS -> "Too many messages of this %s within a minute. Try again in %s s.";
          case JOBS -> "Too many messages of this %s wait for replies. Try again in %s s.";
          case TOKENS -> "The tokens of this %s are used up for today. Try again in %s s.";
          case COST -> "What this %s may cost is used up for today. Try again in %s s.";
        };
    return sentence.formatted(refused.kind().word(), seconds(refused.retryAfter()));
  }

  /// Whole seconds, rounded up: who waits so long has waited enough.
  private static String seconds(Duration wait) {
    return Long.toString(Math.ceilDiv(wait.toMillis(), 1000L));
  }
}
