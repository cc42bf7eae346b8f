package dev.prosa.core.runtime;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Tells whoever watches a process how it is, over HTTP, until it is closed: `GET /health` answers
/// 200 with `{"status":"up"}` or 503 with `{"status":"down"}`, `GET /metrics` what was counted.
///
/// Nobody is asked who they are, so it belongs on an address that only the watchers reach.
public sealed interface StatusPort extends AutoCloseable permits HttpStatusPort {

  /// The media type of metrics (Prometheus, "Exposition formats", text format 0.0.4).
  String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// Begins to answer at the host and port in `settings`, when they name a port.
  ///
  /// @param lifecycle of the process, which owns the port
  /// @param metrics as for the other form
  /// @param health as for the other form
  /// @throws UncheckedIOException when the address cannot be bound; its cause tells why
  static void openIfSet(
      Settings settings, Lifecycle lifecycle, Supplier<String> metrics, BooleanSupplier health) {
    if (!settings.isSet(Setting.STATUS_PORT)) {
      return;
    }
    try {
      var address = InetAddress.getByName(settings.text(Setting.HOST));
      var port = settings.number(Setting.STATUS_PORT);
      lifecycle.own("status port", open(address, port, metrics, health));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(Setting.HOST.key() + " is no address of this machine", e);
    }
  }

  /// Begins to answer.
  ///
  /// @param address of an interface of this machine
  /// @param port 0 means any free one
  /// @param metrics called for every request, by several threads at once
  /// @param health whether the process does what it is there for; called like `metrics`, and the
  ///   watcher waits for it
  /// @throws UncheckedIOException when the address cannot be bound; its cause tells why
  static StatusPort open(
      InetAddress address, int port, Supplier<String> metrics, BooleanSupplier health) {
    return HttpStatusPort.open(address, port, metrics, health);
  }

  /// The port that is served.
  int port();

  @Override
  void close();
}
