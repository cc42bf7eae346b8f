package dev.prosa.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.metrics.GatewayMetrics.Refusal;
import dev.prosa.core.metrics.GatewayMetrics.Resume;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PrometheusGatewayMetricsTest {

  private final Metrics metrics = Metrics.create();

  @Test
  void shows_nothing_of_a_gateway_that_is_not_there() {
    assertThat(metrics.text()).doesNotContain("prosa_ws_");
  }

  @Test
  void begins_with_zero_for_all_that_can_happen() {
    var gateway = metrics.gateway();

    assertThat(metrics.gateway()).isSameAs(gateway);
    assertThat(metrics.text().lines())
        .contains(
            "prosa_ws_connections 0.0",
            "prosa_ws_queued_bytes 0.0",
            "prosa_ws_frames_sent_total 0.0",
            "prosa_ws_bytes_sent_total 0.0",
            "prosa_ws_reconnects_asked_total 0.0",
            "prosa_ws_rate_limited_total 0.0",
            "prosa_ws_resumes_total 0.0",
            "prosa_ws_refused_total{reason=\"too_many_per_user\"} 0.0",
            "prosa_ws_refused_total{reason=\"too_many_per_address\"} 0.0",
            "prosa_ws_resumed_jobs_total{outcome=\"text_lost\"} 0.0");
  }

  @Test
  void counts_what_happens() {
    var gateway = metrics.gateway();

    gateway.sent();
    gateway.wrote(70);
    gateway.wrote(0);
    gateway.wrote(-1);
    gateway.askedToReconnect();
    gateway.rateLimited();
    gateway.resumeAsked();
    gateway.resumed(Resume.NOT_FOUND);
    gateway.refused(Refusal.ORIGIN);
    gateway.closed(4008);
    gateway.closed(0);

    assertThat(metrics.text().lines())
        .contains(
            "prosa_ws_frames_sent_total 1.0",
            "prosa_ws_bytes_sent_total 70.0",
            "prosa_ws_reconnects_asked_total 1.0",
            "prosa_ws_rate_limited_total 1.0",
            "prosa_ws_resumes_total 1.0",
            "prosa_ws_resumed_jobs_total{outcome=\"not_found\"} 1.0",
            "prosa_ws_refused_total{reason=\"origin\"} 1.0",
            "prosa_ws_closed_total{code=\"4008\"} 1.0",
            "prosa_ws_closed_total{code=\"other\"} 1.0");
  }

  @Test
  void reads_what_is_there_now_whenever_somebody_looks() {
    var connections = new AtomicInteger(2);
    metrics.gateway().watch(connections::get, () -> 300);
    assertThat(metrics.text().lines())
        .contains("prosa_ws_connections 2.0", "prosa_ws_queued_bytes 300.0");

    connections.set(1);

    assertThat(metrics.text().lines()).contains("prosa_ws_connections 1.0");
  }
}
