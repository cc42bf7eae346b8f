package dev.prosa.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands before a server of this machine and passes on what is said, until it is shut like a
/// valve: then connections are taken and nothing is passed on, as when a server hangs.
final class Valve implements AutoCloseable {

  private static final int BACKLOG = 64;

  private final ServerSocket front;
  private final URI server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean shut;

  Valve(URI server) {
    this.server = server;
    try {
      front = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::take);
  }

  /// The same address by way of the valve.
  String uri() {
    return server.getScheme() + "://127.0.0.1:" + front.getLocalPort();
  }

  /// From now on nothing is passed on.
  void shut() {
    shut = true;
  }

  /// From now on it is passed on again; what was said meanwhile is lost.
  void open() {
    shut = false;
  }

  private void take() {
    try {
      while (true) {
        var client = front.accept();
        var behind = new Socket(server.getHost(), server.getPort());
        sockets.addAll(List.of(client, behind));
        Thread.ofVirtual().start(() -> pass(client, behind));
        Thread.ofVirtual().start(() -> pass(behind, client));
      }
    } catch (IOException closed) {
      return; // the test is over
    }
  }

  private void pass(Socket from, Socket to) {
    var buffer = new byte[8192];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        if (!shut) {
          to.getOutputStream().write(buffer, 0, n);
        }
      }
      to.shutdownOutput();
    } catch (IOException closed) {
      return; // by one side or the end of the test
    }
  }

  @Override
  public void close() {
    try {
      front.close();
      for (var socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
