package dev.prosa.core.runtime;

import java.net.InetAddress;
import java.util.function.Supplier;

/// Tells whoever watches a process how it is, over HTTP, until it is closed: `GET /health` answers
/// 200 for as long as the process runs, `GET /metrics` what was counted.
///
/// Nobody is asked who they are, so it belongs on an address that only the watchers reach.
public sealed interface StatusPort extends AutoCloseable permits HttpStatusPort {

  /// The media type of metrics (Prometheus, "Exposition formats", text format 0.0.4).
  String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// Begins to answer.
  ///
  /// @param address of an interface of this machine
  /// @param port 0 means any free one
  /// @param metrics called for every request, by several threads at once
  /// @throws java.io.UncheckedIOException when the address cannot be bound; its cause tells why
  static StatusPort open(InetAddress address, int port, Supplier<String> metrics) {
    return HttpStatusPort.open(address, port, metrics);
  }

  /// The port that is served.
  int port();

  @Override
  void close();
}
