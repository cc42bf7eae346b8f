package dev.prosa.core.limit;

import dev.prosa.core.usage.ModelCall;
import java.util.Collection;

/// Tokens and what they cost.
///
/// @param tokens sent and received; 0 or more
/// @param costNanos billionths of a US dollar; 0 or more
public record Amount(long tokens, long costNanos) {

  /// Nothing.
  public static final Amount NOTHING = new Amount(0, 0);

  public Amount {
    if (tokens < 0 || costNanos < 0) {
      throw new IllegalArgumentException("below zero: " + tokens + " tokens, " + costNanos);
    }
  }

  /// What calls to models took together.
  public static Amount of(Collection<ModelCall> calls) {
    return calls.stream().map(Amount::of).reduce(NOTHING, Amount::plus);
  }

  private static Amount of(ModelCall call) {
    var usage = call.usage();
    return new Amount(usage.promptTokens() + usage.completionTokens(), call.costNanos());
  }

  /// Both together.
  public Amount plus(Amount more) {
    return new Amount(tokens + more.tokens, costNanos + more.costNanos);
  }
}
