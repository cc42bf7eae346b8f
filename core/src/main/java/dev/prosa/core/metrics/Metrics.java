package dev.prosa.core.metrics;

import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.usage.ModelCall;

/// Counts and measures for as long as its process runs. Thread-safe; nothing here waits or fails.
///
/// Names follow the OpenTelemetry semantic conventions for generative AI in the form that
/// Prometheus gives them; what the conventions have no name for begins with `prosa_`.
public sealed interface Metrics permits PrometheusMetrics {

  /// Metrics of which nothing was counted yet.
  static Metrics create() {
    return new PrometheusMetrics();
  }

  /// A call ended: its tokens, its cost and its times count. One that only began counts nothing.
  void called(ModelCall call);

  /// Calls were not written down, so that the ledger shows less than was paid for.
  ///
  /// @param calls how many
  void unrecorded(int calls);

  /// A breaker is in this state, as when it was just made. Nothing is counted.
  void breakerIs(String provider, String model, ProviderStatus.State state);

  /// A breaker went over to this state. It is counted, also when it was in it before.
  void breakerWentTo(String provider, String model, ProviderStatus.State state);

  /// What a gateway in this process counts; always the same. Only a process that asks for it shows
  /// it.
  GatewayMetrics gateway();

  /// Everything in the text format of Prometheus, version 0.0.4.
  String text();
}
