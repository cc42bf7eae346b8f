package dev.prosa.core.provider;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How one model of one provider fares, as one worker sees it.
///
/// @param provider its name in the settings
/// @param model the model
/// @param state whether it is asked
/// @param retryAt when it may be asked again; null unless it is open or cooling
public record ProviderStatus(String provider, String model, State state, @Nullable Instant retryAt)
    implements Offered {

  /// Whether a model is asked, from best to worst.
  public enum State {
    /// It is asked.
    CLOSED,
    /// A few probes are sent to see whether it is back.
    HALF_OPEN,
    /// It asked for a pause, until `retryAt`.
    COOLING,
    /// It failed too often and is left alone until `retryAt`.
    OPEN;

    /// The stable word: the name in lower case.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it takes calls at `now`.
  public boolean takesCalls(Instant now) {
    return retryAt == null || !now.isBefore(retryAt);
  }
}
