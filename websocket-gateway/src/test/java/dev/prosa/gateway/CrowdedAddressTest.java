package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.runtime.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients of one address; behind a proxy they come from loopback, as this test does.
class CrowdedAddressTest {

  private static final String ANN = "192.0.2.1";

  private @Nullable RunningGateway running;

  @AfterEach
  void stop() {
    gateway().close();
  }

  @Test
  void tells_a_client_whose_address_has_enough_sockets_why_it_must_go() {
    behindOneProxy(2);
    var first = List.of(connect(ANN).ready(), connect(ANN).ready());

    assertThat(connect(ANN).closeCode()).isEqualTo(4529);

    first.forEach(TestClient::expectNothingBeforePong);
    connect("192.0.2.2").ready();
    assertThat(gateway().shows("prosa_ws_refused_total{reason=\"too_many_per_address\"}")).isOne();
    await().until(() -> gateway().shows("prosa_ws_closed_total{code=\"4529\"}") == 1);
  }

  @Test
  void does_not_believe_what_a_client_says_about_itself() {
    behindOneProxy(1);
    connect("203.0.113.1, " + ANN).ready();

    assertThat(connect("203.0.113.2, " + ANN).closeCode()).isEqualTo(4529);
    assertThat(connect("nobody, 203.0.113.3, " + ANN).closeCode()).isEqualTo(4529);
  }

  @ParameterizedTest
  @EnumSource
  void gives_the_place_back_however_a_socket_ends(Ending ending) throws IOException {
    behindOneProxy(1);

    for (int i = 0; i < 3; i++) {
      try (var client = new RawClient(gateway().port())) {
        ending.play(client, gateway());
        await().until(() -> isLetInAndLeaves(ANN));
      }
    }
  }

  enum Ending {
    GOODBYE {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.handshake(HEADER).sendHex("888200000000" + "03e8");
      }
    },
    CUT {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.handshake(HEADER).cut();
      }
    },
    CUT_IN_THE_HANDSHAKE {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.askForWebSocket(HEADER).cut();
      }
    },
    SILENT_IN_THE_HANDSHAKE {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.send("GET / HTTP/1.1\r\n" + HEADER + "\r\n");
        gateway.connectAs("somebody-else").ready();
        gateway.time.pass(Duration.ofSeconds(6));
      }
    },
    NO_CREDENTIALS {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.handshake(HEADER, "Authorization: Bearer nobody");
      }
    },
    FOREIGN_PAGE {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.askForWebSocket(HEADER, "Origin: http://evil.example").readHead();
      }
    },
    NO_HANDSHAKE {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.send("GET / HTTP/1.1\r\n" + HEADER + "\r\n\r\n").readHead();
      }
    },
    BROKEN_FRAME {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.handshake(HEADER).sendHex("ffff7fffffffffffffff00000000");
      }
    },
    DOES_NOT_READ_ITS_GOODBYE {
      @Override
      void play(RawClient client, RunningGateway gateway) throws IOException {
        client.handshake(HEADER, "Authorization: Bearer nobody");
        await().until(() -> gateway.shows("prosa_ws_refused_total{reason=\"credentials\"}") > 0);
        gateway.time.pass(Duration.ofSeconds(6));
      }
    };

    private static final String HEADER = "X-Forwarded-For: " + ANN;

    abstract void play(RawClient client, RunningGateway gateway) throws IOException;
  }

  @Test
  void keeps_no_place_when_many_sockets_end_while_they_open() {
    behindOneProxy(1);
    var dice = new Random(20_260_101);
    var lengths = dice.ints(400, 0, 260).toArray();

    IntStream.of(lengths).parallel().forEach(this::begin);
    gateway().time.pass(Duration.ofSeconds(6));

    await().until(() -> isLetInAndLeaves(ANN));
  }

  /// Sends a part of a handshake, or all of it, and is gone; now and then the time runs out.
  private void begin(int length) {
    var handshake =
        """
        GET / HTTP/1.1\r
        X-Forwarded-For: %s\r
        Host: localhost\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(ANN);
    try {
      var client = new RawClient(gateway().port());
      client.send(handshake.substring(0, Math.min(length, handshake.length())));
      if (length % 8 == 0) {
        gateway().time.pass(Duration.ofSeconds(6));
      }
      client.cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void does_not_count_this_machine() {
    running = new RunningGateway(Map.of(Setting.WS_MAX_PER_ADDRESS, "1"));

    IntStream.range(0, 3).forEach(_ -> gateway().connect().ready());

    assertThat(gateway().shows("prosa_ws_refused_total{reason=\"too_many_per_address\"}")).isZero();
  }

  @Test
  void closes_at_once_what_comes_after_twice_as_many() throws IOException {
    running = new RunningGateway(Map.of(Setting.WS_MAX_PER_ADDRESS, "2"));
    var open = new ArrayList<RawClient>();
    for (int i = 0; i < 4; i++) {
      open.add(new RawClient(gateway().port(), outside()).send("GET / HTTP/1.1\r\n"));
    }

    try (var fifth = new RawClient(gateway().port(), outside())) {
      assertThat(fifth.readAll()).isEmpty();
    }

    assertThat(gateway().shows("prosa_ws_refused_total{reason=\"too_many_per_address\"}")).isOne();
    gateway().time.pass(Duration.ofSeconds(6));
    for (var client : open) {
      assertThat(client.isCutOff()).isTrue();
    }
    try (var later = new RawClient(gateway().port(), outside())) {
      later.handshake();
    }
  }

  @Test
  void tells_the_ones_between_once_and_twice_as_many() throws IOException {
    running = new RunningGateway(Map.of(Setting.WS_MAX_PER_ADDRESS, "1"));
    try (var first = new RawClient(gateway().port(), outside());
        var second = new RawClient(gateway().port(), outside())) {
      first.handshake();

      second.handshake();

      assertThat(second.readBytes(4)).containsExactly(0x88, 0x02, 4529 >> 8, 4529 & 0xff);
    }
  }

  /// An address of this machine that is not loopback.
  private static InetAddress outside() throws IOException {
    var address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
            .findFirst();
    assumeThat(address).as("a network beside loopback").isPresent();
    return address.orElseThrow();
  }

  private void behindOneProxy(int maxPerAddress) {
    running =
        new RunningGateway(
            Map.of(
                Setting.PROXIES, "1", Setting.WS_MAX_PER_ADDRESS, Integer.toString(maxPerAddress)));
  }

  private RunningGateway gateway() {
    return Objects.requireNonNull(running);
  }

  private TestClient connect(String forwardedFor) {
    return TestClient.connect(gateway().port(), Map.of("X-Forwarded-For", forwardedFor));
  }

  private boolean isLetInAndLeaves(String forwardedFor) {
    try (var client = connect(forwardedFor)) {
      return client.isLetIn();
    }
  }
}
