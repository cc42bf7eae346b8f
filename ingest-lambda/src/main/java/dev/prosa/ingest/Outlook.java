package dev.prosa.ingest;

import dev.prosa.core.provider.Offered;
import dev.prosa.core.provider.ProviderStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the workers say about the providers, taken together.
///
/// @param said one list for each worker that is alive, in the order of preference
record Outlook(List<List<ProviderStatus>> said) {

  /// When a message may be answered, as far as anybody knows.
  ///
  /// @param model what the message asks for; null for the default
  /// @return null when a worker has a provider that takes calls, or when no worker says anything;
  ///   otherwise the earliest time at which one is asked again
  @Nullable Instant retryAt(@Nullable String model, Instant now) {
    var candidates = said.stream().flatMap(all -> Offered.candidates(all, model).stream()).toList();
    if (candidates.stream().anyMatch(status -> status.takesCalls(now))) {
      return null;
    }
    return candidates.stream()
        .flatMap(status -> Stream.ofNullable(status.retryAt()))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /// Each model of each provider once, in the order of preference, as the worker has it that fares
  /// best with it.
  Collection<ProviderStatus> best() {
    var best = new LinkedHashMap<String, ProviderStatus>();
    said.stream()
        .flatMap(List::stream)
        .forEach(status ->
            best.merge(status.provider() + '\n' + status.model(), status, Outlook::better));
    return List.copyOf(best.values());
  }

  private static ProviderStatus better(ProviderStatus one, ProviderStatus other) {
    return other.state().compareTo(one.state()) < 0 ? other : one;
  }
}
