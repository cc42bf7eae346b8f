package dev.prosa.core.metrics;

import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.usage.ModelCall;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Metrics in a registry of their own, so that two in one process do not mix.
final class PrometheusMetrics implements Metrics {

  /// OpenTelemetry semantic conventions, "Metric: `gen_ai.client.operation.duration`".
  private static final double[] DURATION_SECONDS = {
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
  };

  /// OpenTelemetry semantic conventions, "Metric: `gen_ai.server.time_to_first_token`".
  private static final double[] FIRST_TOKEN_SECONDS = {
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0
  };

  private static final String GEN_AI_PROVIDER = "gen_ai_provider_name";
  private static final String GEN_AI_MODEL = "gen_ai_request_model";
  private static final String PROVIDER = "provider";
  private static final String MODEL = "model";
  private static final String OUTCOME = "outcome";
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter tokens =
      counter(
          "gen_ai_client_token_usage_total",
          "Tokens sent and received; estimated where the provider did not say.",
          GEN_AI_PROVIDER,
          GEN_AI_MODEL,
          "gen_ai_token_type");
  private final Histogram durations =
      histogram(
          "gen_ai_client_operation_duration_seconds",
          "How long calls took in all.",
          DURATION_SECONDS,
          GEN_AI_PROVIDER,
          GEN_AI_MODEL,
          OUTCOME);
  private final Histogram firstTokens =
      histogram(
          "gen_ai_server_time_to_first_token_seconds",
          "How long the first text of a call took.",
          FIRST_TOKEN_SECONDS,
          GEN_AI_PROVIDER,
          GEN_AI_MODEL);
  private final Counter cost =
      counter("prosa_llm_cost_usd_total", "US dollars, by the prices configured.", PROVIDER, MODEL);
  private final Counter calls =
      counter("prosa_llm_calls_total", "Calls that ended, and how.", PROVIDER, MODEL, OUTCOME);
  private final Counter unrecorded =
      counter("prosa_llm_calls_unrecorded_total", "Calls that were not written down.");
  private final Gauge breakers =
      Gauge.builder()
          .name("prosa_llm_breaker_state")
          .help("0 closed, 1 half-open, 2 open, 3 cooling.")
          .labelNames(PROVIDER, MODEL)
          .withoutExemplars()
          .register(registry);
  private final Counter transitions =
      counter(
          "prosa_llm_breaker_transitions_total", "Changes of a breaker.", PROVIDER, MODEL, "to");

  private @Nullable GatewayMetrics gateway;

  private Counter counter(String name, String help, String... labels) {
    return counter(registry, name, help, labels);
  }

  static Counter counter(PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double[] buckets, String... labels) {
    return histogram(registry, name, help, buckets, labels);
  }

  static Histogram histogram(
      PrometheusRegistry registry, String name, String help, double[] buckets, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(buckets)
        .withoutExemplars()
        .register(registry);
  }

  @Override
  public void called(ModelCall call) {
    if (call.outcome() == ModelCall.Outcome.STARTED) {
      return;
    }
    var provider = call.provider();
    var model = call.model();
    var outcome = call.outcome().name().toLowerCase(Locale.ROOT);
    tokens.labelValues(provider, model, "input").inc(notBelowZero(call.usage().promptTokens()));
    tokens
        .labelValues(provider, model, "output")
        .inc(notBelowZero(call.usage().completionTokens()));
    durations.labelValues(provider, model, outcome).observe(seconds(call.timing().total()));
    var firstToken = call.timing().firstToken();
    if (firstToken != null) {
      firstTokens.labelValues(provider, model).observe(seconds(firstToken));
    }
    cost.labelValues(provider, model).inc(notBelowZero(call.costNanos()) / NANOS);
    calls.labelValues(provider, model, outcome).inc();
  }

  /// A counter throws at less, and what a provider counted is not worth an attempt.
  private static long notBelowZero(long number) {
    return Math.max(0, number);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }

  @Override
  public void unrecorded(int count) {
    unrecorded.inc(count);
  }

  @Override
  public void breakerIs(String provider, String model, ProviderStatus.State state) {
    breakers.labelValues(provider, model).set(number(state));
  }

  @Override
  public void breakerWentTo(String provider, String model, ProviderStatus.State state) {
    breakerIs(provider, model, state);
    transitions.labelValues(provider, model, state.word()).inc();
  }

  private static int number(ProviderStatus.State state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
      case COOLING -> 3;
    };
  }

  @Override
  public synchronized GatewayMetrics gateway() {
    if (gateway == null) {
      gateway = new PrometheusGatewayMetrics(registry);
    }
    return gateway;
  }

  @Override
  public String text() {
    var out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
