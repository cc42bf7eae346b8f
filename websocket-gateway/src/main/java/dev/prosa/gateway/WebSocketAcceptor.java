package dev.prosa.gateway;

import dev.prosa.core.metrics.GatewayMetrics;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The library's server. Its threads serve everybody, so every callback only hands over.
final class WebSocketAcceptor extends WebSocketServer {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketAcceptor.class);
  private static final Duration STARTUP = Duration.ofSeconds(5);

  private final AllowedOrigins origins;
  private final Reception reception;
  private final WebSocketSockets sockets;
  private final WebSocketProbe probe;
  private final GatewayMetrics metrics;
  private final CountDownLatch running = new CountDownLatch(1);

  /// @param listener bound already; closed by whoever opened it
  WebSocketAcceptor(
      ServerSocketChannel listener,
      AllowedOrigins origins,
      Reception reception,
      WebSocketSockets sockets,
      WebSocketProbe probe,
      GatewayMetrics metrics) {
    super(listener);
    this.origins = origins;
    this.reception = reception;
    this.sockets = sockets;
    this.probe = probe;
    this.metrics = metrics;
    setReuseAddr(true);
    setTcpNoDelay(true);
    setConnectionLostTimeout(0); // see Heartbeat
    setWebSocketFactory(sockets);
  }

  /// Starts, and returns when clients are served.
  ///
  /// @throws IllegalStateException when that takes too long
  void serve() throws InterruptedException {
    start();
    if (!running.await(STARTUP.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the WebSocket server does not start");
    }
  }

  @Override
  public void onStart() {
    running.countDown();
  }

  @Override
  public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
      WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
    if (!origins.admits(header(request, "Origin"))) {
      LOG.info("a page of a foreign origin is refused");
      ((WebSocketPeer) socket).forbid();
      throw new InvalidDataException(CloseCode.FORBIDDEN_ORIGIN.number(), "forbidden origin");
    }
    return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
  }

  /// Holds the peer's lock, which its closing takes, too: a peer that closes meanwhile is seen
  /// here, a later one finds its session. The library does not look whether a peer was closed
  /// before it opens it, and would keep that one for ever.
  @Override
  public void onOpen(WebSocket socket, ClientHandshake request) {
    var peer = (WebSocketPeer) socket;
    synchronized (peer) {
      peer.opened();
      if (peer.isGone()) {
        peer.closeConnection(CloseFrame.ABNORMAL_CLOSE, "gone during the handshake");
        removeConnection(peer);
        return;
      }
      if (probe.isOwn(request)) {
        peer.close(CloseFrame.NORMAL);
        return;
      }
      var session =
          sockets.seats(peer, header(request, "X-Forwarded-For"))
              ? reception.open(peer, credentials(request))
              : reception.sendAway(peer);
      peer.setAttachment(session);
      if (!peer.isOpen()) {
        reception.closed(session);
      }
    }
  }

  private static Credentials credentials(ClientHandshake request) {
    return Credentials.of(
        header(request, "Origin"),
        header(request, "Sec-WebSocket-Protocol"),
        header(request, "Authorization"));
  }

  private static @Nullable String header(ClientHandshake request, String name) {
    return request.hasFieldValue(name) ? request.getFieldValue(name) : null;
  }

  @Override
  public void onMessage(WebSocket socket, String message) {
    Session session = socket.getAttachment();
    reception.receive(session, message);
  }

  /// The protocol has text only; an empty message is refused like any other that it does not know.
  @Override
  public void onMessage(WebSocket socket, ByteBuffer message) {
    onMessage(socket, "");
  }

  /// A ping costs an answer, so it counts like a message.
  @Override
  public void onWebsocketPing(WebSocket socket, Framedata ping) {
    Session session = socket.getAttachment();
    if (reception.allows(session) && !((WebSocketPeer) socket).pong((PingFrame) ping)) {
      LOG.debug("a client that does not read gets no pong");
    }
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    Session session = socket.getAttachment();
    if (session != null) {
      metrics.closed(((WebSocketPeer) socket).closeCode(code));
      LOG.debug("connection {} closed with {}", session.id(), code);
      reception.closed(session);
    }
  }

  @Override
  public void onError(@Nullable WebSocket socket, Exception error) {
    if (socket == null) {
      LOG.error("the WebSocket server failed; it accepts nobody until it is restarted", error);
    } else {
      LOG.debug("a client broke the WebSocket protocol; it is closed", error);
    }
  }
}
