package dev.prosa.front;

import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.PageOrigins;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.ProcessConsole;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.runtime.StatusPort;
import dev.prosa.ingest.Ingest;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.ingest.http.Route;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The HTTP API with its page in a process of its own, and the way to serve both inside another
/// process.
public final class IngestHttpMain {

  private IngestHttpMain() {}

  /// Runs until the process is told to end.
  public static void main(String[] args) {
    new ProcessConsole("ingest").run(ProviderSettings::namesOfEnvironment, IngestHttpMain::open);
  }

  private static void open(ProviderSettings configured, Lifecycle lifecycle) {
    HttpFront.limitServersOfThisProcess();
    var settings = configured.settings();
    JwtSettings.requireLoopbackInDevelopment(settings);
    var redis =
        lifecycle.own("Redis", RedisPool.open(URI.create(settings.text(Setting.REDIS_URL))));
    var ingest = IngestMain.connect(configured, redis, InstantSource.system(), lifecycle);
    lifecycle.own("HTTP API", serve(settings, ingest, List.of()));
    StatusPort.openIfSet(settings, lifecycle, Metrics.create()::text, () -> true);
  }

  /// Serves every route of `ingest` and the page, at the host and port in `settings`.
  ///
  /// @param more routes beside those
  /// @throws InvalidSettingsException when the host is no address of this machine
  /// @throws java.io.UncheckedIOException when the address cannot be bound; its cause tells why
  public static HttpFront serve(Settings settings, Ingest ingest, List<Route> more) {
    var routes = new ArrayList<>(IngestMain.routes(ingest));
    routes.addAll(more);
    var address = address(settings.text(Setting.HOST));
    var listening =
        new HttpFront.Listening(
            address,
            settings.number(Setting.HTTP_PORT),
            PageOrigins.of(settings).all(),
            address.isLoopbackAddress() || settings.flag(Setting.LOOPBACK_ONLY));
    return HttpFront.start(listening, routes, PageFiles.onClassPath());
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InvalidSettingsException(
          List.of(Settings.refusal(Setting.HOST.key(), host, "an address of this machine")));
    }
  }
}
