package dev.prosa.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for servers that have to be told theirs.
public final class FreePort {

  /// Below those that are given to whoever asks for any: from 32768 on Linux (`ip_local_port_range`
  /// in ip(7)), from 49152 elsewhere (RFC 6335, section 6). So nobody gets one that is free now
  /// before its server is there.
  private static final int FIRST = 20_000;

  private static final int END = 32_768;
  private static final int TRIES = 100;

  private FreePort() {}

  /// A port of this machine on which nobody listens.
  public static int pick() {
    for (int i = 0; i < TRIES; i++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free");
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
