package dev.prosa.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WebSocketProbeTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final WebSocketProbe probe = new WebSocketProbe();

  @Test
  void says_that_a_gateway_is_up_until_it_is_closed() {
    try (var running = new RunningGateway()) {
      awaitUp(running);

      running.gateway.close();

      assertThat(running.gateway.isUp()).isFalse();
    }
  }

  @Test
  void is_nobodys_connection_and_is_not_counted() {
    try (var running = new RunningGateway()) {
      var client = running.connectAs("ann").ready();

      for (int i = 0; i < 50; i++) {
        awaitUp(running);
      }

      client.expectNothingBeforePong();
      assertThat(running.registry.isConnected(RunningGateway.LOCAL)).isFalse();
      assertThat(running.shows("prosa_ws_connections")).isEqualTo(1);
      assertThat(running.metrics.text())
          .doesNotContain("prosa_ws_closed_total{")
          .doesNotContainPattern("prosa_ws_refused_total\\{.*} [1-9]");
    }
  }

  @Test
  void is_a_client_like_any_other_when_it_comes_from_elsewhere() {
    try (var running = new RunningGateway()) {
      var address = new InetSocketAddress(LOOPBACK, running.port());

      assertThat(probe.opensAt(address)).isTrue();

      // it does not read its greeting, so the system may cut it off before its goodbye is read
      await()
          .untilAsserted(() ->
              assertThat(running.metrics.text())
                  .containsPattern("prosa_ws_closed_total\\{code=\"100[06]\"} 1"));
    }
  }

  @Test
  @Timeout(30)
  void says_that_a_listener_is_down_behind_which_nobody_answers() throws IOException {
    try (var silent = new ServerSocket(0, 1, LOOPBACK)) {
      assertThat(probe.opensAt(new InetSocketAddress(LOOPBACK, silent.getLocalPort()))).isFalse();
    }
  }

  @Test
  void waits_for_two_seconds_at_most() {
    assertThat(WebSocketProbe.CONNECT_MILLIS + WebSocketProbe.ANSWER_MILLIS).isLessThan(2000);
  }

  @Test
  void says_that_a_server_is_down_that_speaks_something_else() throws IOException {
    try (var other = new ServerSocket(0, 1, LOOPBACK)) {
      Thread.ofVirtual().start(() -> answer(other, "HTTP/1.1 101 Switching Protocols\r\n\r\n"));

      assertThat(probe.opensAt(new InetSocketAddress(LOOPBACK, other.getLocalPort()))).isFalse();
    }
  }

  /// A machine that is busy may keep a single handshake from being answered in its time.
  private static void awaitUp(RunningGateway running) {
    await().pollDelay(Duration.ZERO).until(running.gateway::isUp);
  }

  private static void answer(ServerSocket server, String text) {
    try (var socket = server.accept()) {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
