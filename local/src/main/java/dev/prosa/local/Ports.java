package dev.prosa.local;

import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/// The two ports that people see, checked before anything is started.
final class Ports {

  /// Below the ports that are given to whoever asks for any: they begin at 32768 on Linux
  /// (`ip_local_port_range` in ip(7)) and at 49152 elsewhere (RFC 6335, section 6). The servers
  /// that are started first ask for some of those, and must not get what was found here.
  private static final int FIRST = 20_000;

  private static final int END = 32_768;
  private static final int TRIES = 100;

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
    try (var http = probe(settings, Setting.HTTP_PORT, address);
        var webSocket = probe(settings, Setting.WS_PORT, address)) {
      return settings
          .with(Setting.HTTP_PORT, Integer.toString(http.getLocalPort()))
          .with(Setting.WS_PORT, Integer.toString(webSocket.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket probe(Settings settings, Setting setting, InetAddress address) {
    var port = settings.number(setting);
    try {
      return port == 0 ? probeAny(address) : new ServerSocket(port, 1, address);
    } catch (IOException e) {
      throw new StartException(
          "Port %d is in use. Stop the program that uses it, or choose another with %s."
              .formatted(port, setting.key()),
          e);
    }
  }

  private static ServerSocket probeAny(InetAddress address) throws IOException {
    var problem = new IOException("no port is free");
    for (int i = 0; i < TRIES; i++) {
      try {
        return new ServerSocket(ThreadLocalRandom.current().nextInt(FIRST, END), 1, address);
      } catch (IOException taken) {
        problem = taken;
      }
    }
    throw problem;
  }
}
