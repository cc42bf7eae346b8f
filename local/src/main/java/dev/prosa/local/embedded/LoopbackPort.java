package dev.prosa.local.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Ports of 127.0.0.1, the only address embedded servers listen on.
final class LoopbackPort {

  static final String HOST = "127.0.0.1";

  private LoopbackPort() {}

  /// Finds out early, and for every server in the same words, that a port is taken.
  ///
  /// Somebody else can still take it before the server does. Port 0 is always free.
  ///
  /// @throws PortInUseException when something listens on it
  static void requireFree(String what, int port) {
    try {
      bindOnce(port);
    } catch (IOException e) {
      var taken = new PortInUseException(what, port);
      taken.initCause(e);
      throw taken;
    }
  }

  /// Finds a free port, for a server that does not know what to do with port 0.
  static int pick() throws IOException {
    return bindOnce(0);
  }

  private static int bindOnce(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address(port));
      return socket.getLocalPort();
    }
  }

  static InetSocketAddress address(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
