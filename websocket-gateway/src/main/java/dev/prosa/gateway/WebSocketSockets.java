package dev.prosa.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.metrics.GatewayMetrics.Refusal;
import dev.prosa.gateway.AddressCap.Place;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;
import org.java_websocket.framing.CloseFrame;
import org.jspecify.annotations.Nullable;

/// Makes the sockets, counts them, and ends those that take too long to arrive or to go.
/// Thread-safe.
final class WebSocketSockets implements WebSocketServerFactory {

  private static final Duration HANDSHAKE = Duration.ofSeconds(5);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  /// Handshakes under way beside the sessions.
  private static final int HANDSHAKES = 1000;

  /// Descriptors for everything else in this process. Without any left the library closes its
  /// listener for ever.
  private static final int OTHER_DESCRIPTORS = 500;

  /// What a frame that the library left lying waits at most; it happens about once in a million
  /// frames.
  static final int REMIND_MILLIS = 250;

  /// What the system may keep for one client. Left alone, Linux keeps several megabytes for one
  /// that does not read; this is more than a page needs on any network.
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private static final Draft DRAFT = new WebSocketDraft();

  private final InstantSource clock;
  private final int limit;
  private final AddressCap addresses;
  private final GatewayMetrics metrics;
  private final Set<WebSocketPeer> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<WebSocketPeer, Instant> deadlines = new ConcurrentHashMap<>();

  /// @param limit more sockets than this are not opened
  WebSocketSockets(InstantSource clock, int limit, AddressCap addresses, GatewayMetrics metrics) {
    this.clock = clock;
    this.limit = limit;
    this.addresses = addresses;
    this.metrics = metrics;
  }

  /// As many sockets as this process may open, and not more than the gateway serves.
  static int limitOfThisProcess() {
    var wanted = SessionTable.MAX_SESSIONS + HANDSHAKES;
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Math.clamp(unix.getMaxFileDescriptorCount() - OTHER_DESCRIPTORS, 1, wanted)
        : wanted;
  }

  @Override
  public WebSocketPeer createWebSocket(WebSocketAdapter server, Draft ignored) {
    var peer = new WebSocketPeer(server, DRAFT, this, metrics);
    open.add(peer);
    deadlines.put(peer, clock.instant().plus(HANDSHAKE));
    return peer;
  }

  @Override
  public WebSocketPeer createWebSocket(WebSocketAdapter server, List<Draft> ignored) {
    return createWebSocket(server, DRAFT);
  }

  @Override
  public ByteChannel wrapChannel(SocketChannel channel, SelectionKey key) throws IOException {
    var peer = (WebSocketPeer) Objects.requireNonNull(key.attachment());
    if (open.size() > limit) {
      forget(peer);
      metrics.refused(Refusal.FULL);
      throw new IOException("all " + limit + " sockets are in use");
    }
    if (addresses.seesClients() && !hasRoom(peer, channel.socket().getInetAddress())) {
      forget(peer);
      metrics.refused(Refusal.TOO_MANY_PER_ADDRESS);
      throw new IOException("this address has twice as many sockets as it may");
    }
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
    return new WebSocketByteChannel(channel, peer);
  }

  /// Handshakes cost, too: whoever comes that often is not even told why it must go.
  private boolean hasRoom(WebSocketPeer peer, @Nullable InetAddress client) {
    return client == null || !occupy(peer, client).isFarTooMany();
  }

  private Place occupy(WebSocketPeer peer, InetAddress client) {
    var place = addresses.take(client);
    peer.occupy(place);
    return place;
  }

  /// Whether the address of a client that has said everything has a place for it.
  ///
  /// @param forwardedFor the header; null when there is none
  boolean seats(WebSocketPeer peer, @Nullable String forwardedFor) {
    var place = peer.place();
    if (place != null) {
      return !place.isTooMany();
    }
    var socket = address(peer);
    return socket == null || !occupy(peer, addresses.client(socket, forwardedFor)).isTooMany();
  }

  private static @Nullable InetAddress address(WebSocketPeer peer) {
    var socket = peer.getRemoteSocketAddress();
    return socket == null ? null : socket.getAddress();
  }

  /// The handshake is over: no deadline any more, but a heartbeat.
  Heartbeat relax(WebSocketPeer peer) {
    deadlines.remove(peer);
    return new Heartbeat(clock.instant(), System.identityHashCode(peer));
  }

  /// It is being closed, and has a moment to read why.
  void hurry(WebSocketPeer peer) {
    deadlines.putIfAbsent(peer, clock.instant().plus(GOODBYE));
  }

  /// It is closed.
  void forget(WebSocketPeer peer) {
    open.remove(peer);
    deadlines.remove(peer);
    peer.vacate();
  }

  /// Ends whatever is past its deadline; called every second.
  void reap() {
    var now = clock.instant();
    deadlines.forEach((peer, deadline) -> {
      if (deadline.isBefore(now)) {
        deadlines.remove(peer);
        if (peer.isArriving()) {
          metrics.refused(Refusal.TIMEOUT);
        }
        peer.closeConnection(CloseFrame.ABNORMAL_CLOSE, "took too long");
      }
    });
  }

  /// Pings whoever it is time for, and ends those that are dead; called every second.
  void beat() {
    var now = clock.instant();
    open.forEach(peer -> peer.beat(now));
  }

  /// Sees to it that no frame is left lying; called every [#REMIND_MILLIS].
  void remindOfWaiting() {
    open.forEach(WebSocketPeer::remindOfWaiting);
  }

  /// How many sockets are open, handshakes included.
  int count() {
    return open.size();
  }

  /// What waits to be written to all sockets, in bytes.
  long queuedBytes() {
    return open.stream().mapToLong(WebSocketPeer::queuedBytes).sum();
  }

  @Override
  public void close() {
    deadlines.clear();
  }
}
