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

  /// These calls and one more.
  public CallTotals plus(ModelCall call) {
    return new CallTotals(
        calls + 1,
        new Usage(
            usage.promptTokens() + call.usage().promptTokens(),
            usage.completionTokens() + call.usage().completionTokens()),
        estimated || call.estimated(),
        costNanos + call.costNanos());
  }
}
