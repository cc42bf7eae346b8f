package dev.prosa.core.usage;

import dev.prosa.core.turn.Usage;

/// What several calls cost together.
///
/// @param calls how many there were; 0 or more
/// @param usage their tokens
/// @param estimated whether any of them is an estimate
/// @param costNanos their cost in billionths of a US dollar
public record CallTotals(long calls, Usage usage, boolean estimated, long costNanos) {

  /// No calls at all.
  public static final CallTotals NONE = new CallTotals(0, new Usage(0, 0), false, 0);

  /// The sum of these calls.
  public static CallTotals of(Iterable<ModelCall> calls) {
    var sum = NONE;
    for (var call : calls) {
      sum = sum.plus(call);
    }
    return sum;
  }

  /// These calls and one more.
  public CallTotals plus(ModelCall call) {
    return plus(call.usage(), call.estimated(), call.costNanos());
  }

  CallTotals plus(Usage more, boolean isEstimate, long nanos) {
    return new CallTotals(
        calls + 1,
        new Usage(
            usage.promptTokens() + more.promptTokens(),
            usage.completionTokens() + more.completionTokens()),
        estimated || isEstimate,
        costNanos + nanos);
  }
}
