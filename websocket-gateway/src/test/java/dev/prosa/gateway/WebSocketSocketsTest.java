package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.metrics.GatewayMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketSocketsTest {

  private static final byte[] FRAME = HexFormat.of().parseHex("8102" + "6869"); // the text "hi"

  private final WebSocketSockets sockets =
      new WebSocketSockets(new ManualTime(), 10, new AddressCap(20, 0), GatewayMetrics.unread());
  private final Server server = new Server();

  @BeforeEach
  void start() {
    server.setWebSocketFactory(sockets);
    server.start();
    assertThat(server.started.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
  }

  /// The state that the library leaves behind when a frame is queued just after its thread has
  /// found the queue empty: something waits, and nobody waits for the socket.
  @Test
  void writes_a_frame_that_was_left_lying() throws IOException {
    try (var client = new RawClient(server.getPort())) {
      client.handshake();
      var peer = server.opened.orTimeout(10, TimeUnit.SECONDS).join();
      awaitSleep(peer);
      peer.outQueue.add(ByteBuffer.wrap(FRAME));
      assertThat(client.hasNothingToRead()).isTrue();

      sockets.remindOfWaiting();

      assertThat(client.read(FRAME.length)).isEqualTo(FRAME);
    }
  }

  /// The library's thread may find the end of what a client writes just after another thread has
  /// closed that client; what it throws then would end the server.
  @Test
  void a_client_that_was_cut_off_during_its_handshake_may_hang_up() {
    var peer = sockets.createWebSocket(server, List.of());
    peer.closeConnection(CloseFrame.TOOBIG, "handshake too long", false);

    assertThatCode(peer::eot).doesNotThrowAnyException();
  }

  /// Until the library's thread has written the handshake and waits for the client only.
  private static void awaitSleep(WebSocketPeer peer) {
    await().until(() -> peer.getSelectionKey().interestOps() == SelectionKey.OP_READ);
  }

  private static final class Server extends WebSocketServer {

    private final CompletableFuture<Boolean> started = new CompletableFuture<>();
    private final CompletableFuture<WebSocketPeer> opened = new CompletableFuture<>();

    Server() {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public void onStart() {
      started.complete(true);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake request) {
      opened.complete((WebSocketPeer) socket);
    }

    @Override
    public void onMessage(WebSocket socket, String message) {}

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

    @Override
    public void onError(WebSocket socket, Exception error) {
      opened.completeExceptionally(error);
    }
  }
}
