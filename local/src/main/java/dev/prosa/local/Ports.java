package dev.prosa.local;

import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// The two ports that people see, checked before anything is started.
final class Ports {

  private Ports() {}

  /// The loopback address to bind to.
  ///
  /// @throws StartException when the configured one is not loopback
  static InetAddress address(Settings settings) {
    var host = settings.text(Setting.HOST);
    try {
      var address = InetAddress.getByName(host);
      if (address.isLoopbackAddress()) {
        return address;
      }
      throw new StartException(
          Setting.HOST.key()
              + "="
              + host
              + " is not this machine alone. Callers are not asked who they are, so use 127.0.0.1.",
          null);
    } catch (UnknownHostException e) {
      throw new StartException(
          Setting.HOST.key() + "=" + host + " is not an address of this machine.", e);
    }
  }

  /// The settings with a free port in place of each 0.
  ///
  /// @throws StartException when a port is taken
  static Settings resolve(Settings settings, InetAddress address) {
    var http = check(settings, Setting.HTTP_PORT, address);
    var webSocket = check(settings, Setting.WS_PORT, address);
    return settings
        .with(Setting.HTTP_PORT, Integer.toString(http))
        .with(Setting.WS_PORT, Integer.toString(webSocket));
  }

  private static int check(Settings settings, Setting setting, InetAddress address) {
    var port = settings.number(setting);
    try (var probe = new ServerSocket(port, 1, address)) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new StartException(
          "Port %d is in use. Stop the program that uses it, or choose another with %s."
              .formatted(port, setting.key()),
          e);
    }
  }
}
