package dev.prosa.bench.gateway;

import java.time.Duration;

/// How long something took, most times and at worst.
public record Late(Duration p50, Duration p95, Duration p99, Duration max) {

  static Late of(Latencies times) {
    return new Late(
        times.percentile(50), times.percentile(95), times.percentile(99), times.percentile(100));
  }
}
