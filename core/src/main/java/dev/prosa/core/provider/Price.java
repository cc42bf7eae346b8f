package dev.prosa.core.provider;

import dev.prosa.core.turn.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What tokens cost.
///
/// @param input US dollars for a million tokens sent; 0 or more
/// @param output US dollars for a million tokens received; 0 or more
public record Price(BigDecimal input, BigDecimal output) {

  /// Costs nothing, or nobody said what it costs.
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

  /// A dollar for a million tokens is a thousand of these for one token.
  private static final BigDecimal NANOS_PER_TOKEN = BigDecimal.valueOf(1_000);

  public Price {
    if (input.signum() < 0 || output.signum() < 0) {
      throw new IllegalArgumentException("a price below zero: " + input + "/" + output);
    }
  }

  /// What the tokens cost, in billionths of a US dollar, rounded half up.
  public long nanos(Usage usage) {
    var sent = input.multiply(BigDecimal.valueOf(usage.promptTokens()));
    var received = output.multiply(BigDecimal.valueOf(usage.completionTokens()));
    return sent.add(received)
        .multiply(NANOS_PER_TOKEN)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
