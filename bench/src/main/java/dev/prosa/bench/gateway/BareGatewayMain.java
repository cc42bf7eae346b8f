package dev.prosa.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/// The library that Prosa's gateway stands on, as its examples use it: no limits, no queue of its
/// own. It believes every user and ends with its standard input.
public final class BareGatewayMain {

  private static final String BEARER = "Bearer dev-";

  private BareGatewayMain() {}

  /// Serves on a free port of loopback and says on which.
  ///
  /// @param args the id of the gateway whose channel it listens to, and where Redis is
  public static void main(String[] args) throws IOException {
    var server = new Server(args[0]);
    server.start();
    var redis = new Jedis(URI.create(args[1]));
    Thread.ofPlatform()
        .daemon()
        .name("redis")
        .start(() -> redis.subscribe(server.deliveries(), "gateway:" + args[0]));
    var end = System.in.read();
    System.exit(end < 0 ? 0 : 1);
  }

  private static final class Server extends WebSocketServer {
    private final Map<String, Set<WebSocket>> sockets = new ConcurrentHashMap<>();
    private final String id;

    Server(String id) {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      this.id = id;
      setTcpNoDelay(true);
    }

    @Override
    @SuppressWarnings("SystemOut") // speaks to the process that started it
    public void onStart() {
      System.out.println(id + " listens on 127.0.0.1 port " + getPort());
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
      var user = handshake.getFieldValue("Authorization").replace(BEARER, "");
      socket.setAttachment(user);
      sockets.computeIfAbsent(user, _ -> ConcurrentHashMap.newKeySet()).add(socket);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
      String user = socket.getAttachment();
      if (user != null) {
        sockets.getOrDefault(user, Set.of()).remove(socket);
      }
    }

    @Override
    public void onMessage(WebSocket socket, String message) {
      // it has nothing to answer
    }

    @Override
    public void onError(@Nullable WebSocket socket, Exception error) {
      error.printStackTrace();
    }

    JedisPubSub deliveries() {
      return new JedisPubSub() {
        @Override
        public void onMessage(String channel, String message) {
          // the user, when it was sent, and the frame, each on a line of its own
          var parts = message.split("\n", 3);
          deliver(parts[0], parts[2]);
        }
      };
    }

    private void deliver(String user, String frame) {
      for (var socket : sockets.getOrDefault(user, Set.of())) {
        try {
          socket.send(frame);
        } catch (WebsocketNotConnectedException gone) {
          sockets.getOrDefault(user, Set.of()).remove(socket);
        }
      }
    }
  }
}
