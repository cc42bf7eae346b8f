package dev.prosa.gateway;

import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.metrics.GatewayMetrics.Refusal;
import dev.prosa.gateway.AddressCap.Place;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.ReadyState;
import org.java_websocket.enums.Role;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.framing.PongFrame;
import org.java_websocket.framing.TextFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A socket of the library with the limits it lacks: on the handshake, on what waits to be written,
/// and on how long it may take to go away.
final class WebSocketPeer extends WebSocketImpl implements Wire {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketPeer.class);

  /// What browsers and load balancers send fits several times.
  static final int MAX_HANDSHAKE_BYTES = 8 * 1024;

  /// About a minute of a fast reply; whoever is further behind does better to resume.
  static final int MAX_BACKLOG_BYTES = 256 * 1024;

  /// The library closes a socket after its last frame only when it knows the draft, which it never
  /// does for a refused handshake: it would leave that socket open for ever.
  private static final Draft REFUSING = new Draft_6455();

  static {
    REFUSING.setParseMode(Role.SERVER);
  }

  /// The codes that the library and clients may say of themselves (RFC 6455, section 7.4.1).
  private static final int MIN_PROTOCOL_CODE = 1000;

  private static final int MAX_PROTOCOL_CODE = 1015;

  private final WebSocketAdapter server;
  private final WebSocketSockets sockets;
  private final GatewayMetrics metrics;
  private final Backlog backlog = new Backlog(MAX_BACKLOG_BYTES);
  private int handshakeBytes;
  private volatile boolean opened;
  private volatile @Nullable Heartbeat heartbeat;
  private volatile boolean forbidden;
  private volatile @Nullable CloseCode told;
  private @Nullable Place place;
  private boolean gone;

  WebSocketPeer(
      WebSocketAdapter server, Draft draft, WebSocketSockets sockets, GatewayMetrics metrics) {
    super(server, List.of(draft));
    this.server = server;
    this.sockets = sockets;
    this.metrics = metrics;
  }

  /// The handshake is over.
  void opened() {
    opened = true;
    heartbeat = sockets.relax(this);
  }

  /// Pings the client when it is time, and ends the connection when it is dead.
  void beat(Instant now) {
    var beating = heartbeat;
    if (beating == null) {
      return;
    }
    switch (beating.at(now)) {
      case REST -> {}
      case PING -> {
        // one that has no room for it is given up like one that does not answer
        if (isOpen() && !backlog.isFull()) {
          write(new PingFrame());
        }
      }
      case GIVE_UP -> closeConnection(CloseFrame.ABNORMAL_CLOSE, "no answer to a ping");
    }
  }

  /// The handshake is neither over nor refused.
  boolean isArriving() {
    return !opened && !isFlushAndClose();
  }

  /// Holds a place of its address until it is closed, even when that has happened already.
  synchronized void occupy(Place taken) {
    place = taken;
    if (gone) {
      taken.giveBack();
    }
  }

  /// The place it holds or held; null when it has not got one yet.
  synchronized @Nullable Place place() {
    return place;
  }

  /// It is closed.
  synchronized void vacate() {
    gone = true;
    if (place != null) {
      place.giveBack();
    }
  }

  /// It was closed before.
  synchronized boolean isGone() {
    return gone;
  }

  /// The library is going to refuse the handshake; the client shall read 403 and not 404.
  void forbid() {
    forbidden = true;
    metrics.refused(Refusal.ORIGIN);
  }

  boolean isForbidden() {
    return forbidden;
  }

  /// The operating system took this many bytes that had waited.
  void drained(int written) {
    backlog.drained(written);
    metrics.wrote(written);
  }

  /// This many bytes of a frame have to wait.
  void queued(int bytes) {
    backlog.add(bytes);
  }

  /// The operating system took this many bytes at once.
  void wrote(int written) {
    metrics.wrote(written);
  }

  /// Asks again that what waits be written, when nobody is going to. The library's thread finds the
  /// queue empty and then stops to wait for the socket; a frame that another thread queues in
  /// between is left lying until the next one, if there is one.
  void remindOfWaiting() {
    var key = getSelectionKey();
    if (!outQueue.isEmpty() && key != null && !isWaitedFor(key)) {
      server.onWriteDemand(this);
    }
  }

  private static boolean isWaitedFor(SelectionKey key) {
    try {
      return (key.interestOps() & SelectionKey.OP_WRITE) != 0;
    } catch (CancelledKeyException closed) {
      return true;
    }
  }

  /// What waits to be written, in bytes.
  long queuedBytes() {
    return backlog.bytes();
  }

  /// The library fails over some broken frames, such as a close frame whose reason is no text, and
  /// would go on with the next one as if nothing had been.
  @Override
  public void decode(ByteBuffer received) {
    var beating = heartbeat;
    if (beating != null) {
      beating.heard();
    }
    try {
      if (getReadyState() == ReadyState.NOT_YET_CONNECTED) {
        arrive(received);
      } else {
        super.decode(received);
      }
    } catch (RuntimeException e) {
      LOG.debug("a client broke the library; it is closed", e);
      close(CloseFrame.PROTOCOL_ERROR, "broken frame");
    }
  }

  private void arrive(ByteBuffer received) {
    handshakeBytes += received.remaining();
    if (isFlushAndClose()) {
      return;
    }
    if (handshakeBytes > MAX_HANDSHAKE_BYTES) {
      metrics.refused(Refusal.TOO_LONG);
      closeConnection(CloseFrame.TOOBIG, "handshake too long", false);
      return;
    }
    super.decode(received);
    if (!opened && !forbidden && isFlushAndClose()) {
      metrics.refused(Refusal.MALFORMED);
    }
  }

  @Override
  public Draft getDraft() {
    var draft = super.getDraft();
    return draft == null && isFlushAndClose() ? REFUSING : draft;
  }

  @Override
  public boolean offer(byte[] utf8) {
    var frame = new TextFrame();
    frame.setPayload(ByteBuffer.wrap(utf8));
    return offer(frame);
  }

  /// Answers a ping of the client.
  boolean pong(PingFrame ping) {
    return offer(new PongFrame(ping));
  }

  private boolean offer(Framedata frame) {
    if (!isOpen()) {
      backlog.end();
      return true;
    }
    if (backlog.isFull()) {
      return false;
    }
    metrics.sent();
    write(frame);
    return true;
  }

  private void write(Framedata frame) {
    if (!channel().send(getDraft().createBinaryFrame(frame), outQueue)) {
      server.onWriteDemand(this);
    }
  }

  private WebSocketByteChannel channel() {
    return (WebSocketByteChannel) getChannel();
  }

  @Override
  public boolean awaitRoom(Duration patience) {
    return backlog.awaitRoom(patience);
  }

  @Override
  public void close(CloseCode code) {
    if (told == null) {
      told = code;
    }
    sockets.hurry(this);
    backlog.end();
    close(code.number(), "");
  }

  /// The code that this connection counts under when the library reports that it is closed: our own
  /// when we said one, 0 when the client made one up.
  int closeCode(int reported) {
    var own = told;
    if (own != null) {
      return own.number();
    }
    return reported >= MIN_PROTOCOL_CODE && reported <= MAX_PROTOCOL_CODE ? reported : 0;
  }

  /// The client writes no more. For a connection that is neither arriving nor on its way out the
  /// library asks its draft what that means; one that was closed during the handshake, perhaps in
  /// this moment by another thread, has none, and failing here ends the server for everybody.
  @Override
  public synchronized void eot() {
    if (getReadyState() != ReadyState.CLOSED) {
      super.eot();
    }
  }

  @Override
  public synchronized void closeConnection(int code, @Nullable String reason, boolean remote) {
    super.closeConnection(code, reason, remote);
    backlog.end();
    sockets.forget(this);
  }
}
