package dev.prosa.ingest.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/// Serves the routes and the page over HTTP, until it is closed.
public sealed interface HttpFront extends AutoCloseable permits HttpLambdaServer {

  /// Limits every server of the JDK's kind in this process: a request that trickles in cannot hold
  /// a thread for ever, and an answer is not held back for more. The JDK reads these settings once,
  /// so call this before the first server is made.
  static void limitServersOfThisProcess() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "16384");
    System.setProperty("jdk.httpserver.maxConnections", "4096");
  }

  /// Begins to serve.
  ///
  /// @throws java.io.UncheckedIOException when the address cannot be bound; its cause tells why
  static HttpFront start(Listening listening, List<Route> routes, StaticFiles files) {
    return HttpLambdaServer.start(listening, routes, files);
  }

  /// Begins to serve, on any free port of loopback and without a page.
  static HttpFront start(List<Route> routes) {
    return start(
        new Listening(InetAddress.getLoopbackAddress(), 0, Set.of()), routes, StaticFiles.NONE);
  }

  /// Where to listen, and to whom.
  ///
  /// @param address the address of an interface of this machine
  /// @param port 0 means any free one
  /// @param origins pages that may call, besides the one that is served here
  /// @param loopbackOnly whether only this machine gets there, so that no other name leads here
  record Listening(InetAddress address, int port, Set<String> origins, boolean loopbackOnly) {

    /// Everybody who reaches the address gets there.
    public Listening(InetAddress address, int port, Set<String> origins) {
      this(address, port, origins, address.isLoopbackAddress());
    }
  }

  /// The port that is served.
  int port();

  /// Stops, after requests in flight had a second to end. From now on their handlers are told that
  /// no time remains.
  @Override
  void close();
}
