package dev.prosa.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.gateway.WebSocketGatewayMain;
import dev.prosa.local.embedded.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that may have fewer descriptors than its clients want.
class GatewayDescriptorsTest {

  private static final int DESCRIPTORS = 600;

  private static final String HANDSHAKE =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port = FreePort.pick();
  private final int statusPort = FreePort.pick();

  @Test
  void serves_again_after_more_sockets_came_than_it_has_descriptors(@TempDir Path folder)
      throws IOException {
    try (var redis = EmbeddedServer.redis(0, folder);
        var service =
            ServiceProcess.start(
                WebSocketGatewayMain.class, environment(redis.uri()), DESCRIPTORS)) {
      service.saysUntil("gateway is ready");
      service.ignoreTheRest();
      for (int i = 1; i <= 3; i++) {
        var clients = flood(2 * DESCRIPTORS);
        var turnedAway = DESCRIPTORS * i;
        await()
            .atMost(PATIENCE)
            .ignoreExceptionsInstanceOf(IOException.class) // no room for those who ask either
            .until(() -> turnedAway() > turnedAway);
        for (var client : clients) {
          client.close();
        }
        await().atMost(PATIENCE).until(this::serves);
      }

      assertThat(status("/health")).isEqualTo("{\"status\":\"up\"}");
    }
  }

  /// Sockets that ask for a WebSocket, or only begin to.
  private List<SocketChannel> flood(int count) throws IOException {
    var clients = new ArrayList<SocketChannel>();
    for (int i = 0; i < count; i++) {
      var client = SocketChannel.open();
      clients.add(client);
      client.configureBlocking(false);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
    for (int i = 0; i < count; i++) {
      say(clients.get(i), i % 2 == 0 ? HANDSHAKE : "GET / HTTP/1.1\r\n");
    }
    return clients;
  }

  private static void say(SocketChannel client, String text) {
    try {
      if (client.finishConnect()) {
        client.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
      }
    } catch (IOException e) {
      assertThat(e).as("cut off, since there is no room").isNotNull();
    }
  }

  private double turnedAway() throws IOException {
    return status("/metrics")
        .lines()
        .filter(line -> line.startsWith("prosa_ws_refused_total{reason=\"full\"} "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  private boolean serves() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(HANDSHAKE.getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), US_ASCII).equals("HTTP/1.1 101");
    } catch (IOException refused) {
      return false;
    }
  }

  private Map<String, String> environment(URI redis) {
    return Map.of(
        "PROSA_WS_PORT",
        Integer.toString(port),
        "PROSA_REDIS_URL",
        redis.toString(),
        "PROSA_STATUS_PORT",
        Integer.toString(statusPort));
  }

  private String status(String path) throws IOException {
    try (var in = URI.create("http://127.0.0.1:" + statusPort + path).toURL().openStream()) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }
}
