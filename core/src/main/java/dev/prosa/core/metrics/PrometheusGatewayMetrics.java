package dev.prosa.core.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// A gateway's part of a registry. What can happen to a client is there from the beginning, as 0,
/// so that the first time shows as a change.
final class PrometheusGatewayMetrics implements GatewayMetrics {

  private static final String OTHER = "other";

  /// Around what is promised for a loaded gateway, a p99 of 100 ms.
  private static final double[] LAG_SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
  };

  private final PrometheusRegistry registry;
  private final CounterDataPoint frames;
  private final CounterDataPoint bytes;
  private final CounterDataPoint announcements;
  private final DistributionDataPoint lags;
  private final CounterDataPoint rateLimited;
  private final CounterDataPoint resumes;
  private final Map<Refusal, CounterDataPoint> refusals;
  private final Map<Resume, CounterDataPoint> resumedJobs;
  private final Counter closes;
  private volatile Load load = new Load(() -> 0, () -> 0);

  private record Load(IntSupplier connections, LongSupplier queuedBytes) {}

  PrometheusGatewayMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    gauge("prosa_ws_connections", "Clients that are let in.", () -> load.connections().getAsInt());
    gauge(
        "prosa_ws_queued_bytes",
        "Bytes that wait to be written, over all connections.",
        () -> load.queuedBytes().getAsLong());
    frames = counter("prosa_ws_frames_sent_total", "Frames handed to sockets.");
    bytes = counter("prosa_ws_bytes_sent_total", "Bytes written to sockets.");
    lags =
        PrometheusMetrics.histogram(
                registry,
                "prosa_ws_delivery_lag_seconds",
                "From the publication of a frame to its hand-over to sockets.",
                LAG_SECONDS)
            .labelValues();
    announcements =
        counter("prosa_ws_reconnects_asked_total", "Clients asked to reconnect elsewhere.");
    rateLimited = counter("prosa_ws_rate_limited_total", "Messages and pings that were too many.");
    resumes = counter("prosa_ws_resumes_total", "Messages that asked to resume.");
    var refused = labelled("prosa_ws_refused_total", "Clients turned away, and why.", "reason");
    refusals = points(Refusal.class, refused);
    var jobs =
        labelled("prosa_ws_resumed_jobs_total", "Jobs to resume, and what came of it.", "outcome");
    resumedJobs = points(Resume.class, jobs);
    closes = labelled("prosa_ws_closed_total", "Connections that ended, by close code.", "code");
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.getAsDouble()))
        .register(registry);
  }

  private CounterDataPoint counter(String name, String help) {
    return labelled(name, help).labelValues();
  }

  private Counter labelled(String name, String help, String... labels) {
    return PrometheusMetrics.counter(registry, name, help, labels);
  }

  private static <E extends Enum<E>> Map<E, CounterDataPoint> points(
      Class<E> values, Counter counter) {
    var points = new EnumMap<E, CounterDataPoint>(values);
    for (var value : EnumSet.allOf(values)) {
      points.put(value, counter.labelValues(value.name().toLowerCase(Locale.ROOT)));
    }
    return points;
  }

  private static <E extends Enum<E>> void count(Map<E, CounterDataPoint> points, E value) {
    var point = points.get(value);
    if (point != null) {
      point.inc();
    }
  }

  @Override
  public void watch(IntSupplier connections, LongSupplier queuedBytes) {
    load = new Load(connections, queuedBytes);
  }

  @Override
  public void delivered(Duration lag) {
    lags.observe(Math.max(0, lag.toNanos() / 1e9));
  }

  @Override
  public void sent() {
    frames.inc();
  }

  /// A counter throws at less than nothing, which is what a channel without room may say.
  @Override
  public void wrote(int count) {
    if (count > 0) {
      bytes.inc(count);
    }
  }

  @Override
  public void refused(Refusal reason) {
    count(refusals, reason);
  }

  @Override
  public void closed(int code) {
    closes.labelValues(code == 0 ? OTHER : Integer.toString(code)).inc();
  }

  @Override
  public void askedToReconnect() {
    announcements.inc();
  }

  @Override
  public void rateLimited() {
    rateLimited.inc();
  }

  @Override
  public void resumeAsked() {
    resumes.inc();
  }

  @Override
  public void resumed(Resume outcome) {
    count(resumedJobs, outcome);
  }
}
