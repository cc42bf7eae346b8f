package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainingTest {

  @Test
  void asks_every_client_to_come_back_at_another_moment() {
    var gateway = new RunningGateway();
    var clients = IntStream.range(0, 4).mapToObj(_ -> gateway.connect().ready()).toList();

    gateway.close();

    var waits = clients.stream().map(c -> c.next("connection.closing")).toList();
    assertThat(waits).allMatch(frame -> frame.path("reason").asText().equals("draining"));
    assertThat(waits.stream().map(frame -> frame.path("reconnectAfterMillis").asInt()))
        .containsExactlyInAnyOrderElementsOf(List.of(0, 500, 1000, 1500));
    assertThat(clients).allMatch(c -> c.closeCode() == 4001);
    assertThat(gateway.registry.isConnected(RunningGateway.LOCAL)).isFalse();
  }

  @Test
  void accepts_nobody_after_it_was_closed() {
    var gateway = new RunningGateway();
    gateway.close();
    gateway.close();

    assertThatThrownBy(gateway::connect).hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void says_which_port_is_not_free() {
    try (var first = new RunningGateway()) {
      var taken = Settings.of(Map.of(Setting.WS_PORT.key(), Integer.toString(first.port())));

      assertThatThrownBy(() -> WebSocketGatewayMain.start(GatewaySettings.of(taken), first.ports()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + first.port())
          .hasMessageContaining("PROSA_WS_PORT");
    }
  }

  @Test
  void does_not_believe_everybody_on_a_network() {
    var open = Settings.of(Map.of(Setting.HOST.key(), "0.0.0.0", Setting.WS_PORT.key(), "0"));

    try (var first = new RunningGateway()) {
      assertThatThrownBy(() -> WebSocketGatewayMain.start(GatewaySettings.of(open), first.ports()))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("PROSA_HOST=0.0.0.0");
    }
  }

  @Test
  void believes_everybody_where_only_this_machine_gets_to() {
    var published = Map.of(Setting.HOST, "0.0.0.0", Setting.LOOPBACK_ONLY, "true");

    try (var gateway = new RunningGateway(published);
        var client = gateway.connect()) {
      assertThat(client.isLetIn()).isTrue();
    }
  }
}
