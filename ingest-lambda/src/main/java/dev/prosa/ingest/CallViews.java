package dev.prosa.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.core.usage.ModelCall.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What clients see of calls and their cost.
final class CallViews {

  private static final int NANO_DIGITS = 9;

  private CallViews() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CallView(
      int attempt,
      String provider,
      String model,
      String outcome,
      long promptTokens,
      long completionTokens,
      boolean estimated,
      BigDecimal costUsd,
      @Nullable Long firstTokenMillis,
      long totalMillis,
      String begunAt) {}

  record TotalView(
      long calls,
      long promptTokens,
      long completionTokens,
      boolean estimated,
      BigDecimal costUsd) {}

  /// @param turn as it was read before its calls were
  static List<CallView> calls(Turn turn, List<ModelCall> calls) {
    return calls.stream().map(call -> call(turn, call)).toList();
  }

  private static CallView call(Turn turn, ModelCall call) {
    var timing = call.timing();
    return new CallView(
        call.id().attempt(),
        call.provider(),
        call.model(),
        outcome(turn, call),
        call.usage().promptTokens(),
        call.usage().completionTokens(),
        call.estimated(),
        dollars(call.costNanos()),
        millis(timing.firstToken()),
        timing.total().toMillis(),
        timing.begin().toString());
  }

  /// Nobody waits any longer for a call of a final turn or an earlier attempt: its worker died, or
  /// could not write its end down.
  private static String outcome(Turn turn, ModelCall call) {
    var over = !turn.state().isOpen() || turn.attempt() > call.id().attempt();
    return over && call.outcome() == Outcome.STARTED
        ? "lost"
        : call.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Long millis(@Nullable Duration time) {
    return time == null ? null : time.toMillis();
  }

  static TotalView total(CallTotals totals) {
    return new TotalView(
        totals.calls(),
        totals.usage().promptTokens(),
        totals.usage().completionTokens(),
        totals.estimated(),
        dollars(totals.costNanos()));
  }

  /// Exact, and without zeros at its end.
  static BigDecimal dollars(long nanos) {
    return BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
  }
}
