package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.ReplyEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileClientsTest {

  private final RunningGateway gateway = new RunningGateway();

  @AfterEach
  void stop() {
    try (gateway) {
      gateway.connectAs("somebody-else").ready().expectNothingBeforePong();
    }
  }

  @Test
  void survives_a_message_that_is_too_long() {
    var client = gateway.connect().ready();

    // cut into five fragments of which the last one is too much: a server that closes while others
    // are on their way resets the connection, and the client may not get to read why
    client.send("x".repeat(70_000));

    assertThat(client.closeCode()).isEqualTo(1009);
  }

  @Test
  void reads_sixty_four_kilobytes_and_not_one_byte_more() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake();
      client.sendHex("81ff0000000000010000" + "00000000").send("x".repeat(0x10000));
      assertThat(client.readText(2)).last().asString().contains("invalid_message");

      client.sendHex("81ff0000000000010001" + "00000000");

      assertThat(client.readBytes(4)).startsWith(0x88).endsWith(1009 >> 8, 1009 & 0xff);
    }
  }

  @Test
  void compresses_nothing() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.askForWebSocket(
          "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");

      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 ")
          .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1", "a1", "91"})
  void closes_a_client_that_uses_a_reserved_bit(String firstByte) throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake();
      client.readText(1);

      client.sendHex(firstByte + "8200000000" + "7b7d");

      assertThat(client.readBytes(4)).startsWith(0x88).endsWith(1002 >> 8, 1002 & 0xff);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"03e8ff", "03e8c080", "0fa0eda080"})
  void closes_a_client_whose_goodbye_is_no_text(String payload) throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake();
      client.readText(1);

      client.sendHex("888" + payload.length() / 2 + "00000000" + payload);

      assertThat(client.readBytes(4)).startsWith(0x88).endsWith(1002 >> 8, 1002 & 0xff);
      assertThat(client.readAll()).isEqualTo("broken frame");
    }
  }

  @Test
  void forgets_clients_that_leave_while_they_are_let_in() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      try (var client = new RawClient(gateway.port())) {
        client.askForWebSocket().hangUp();
      }
    }

    await().until(() -> gateway.shows("prosa_ws_connections") == 0);
  }

  @Test
  void survives_a_frame_that_declares_one_and_a_half_gigabytes() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake().sendHex("81ff0000000059682f0000000000");

      assertThat(client.readAll()).contains("Payload limit reached");
    }
  }

  @Test
  void survives_the_largest_length_there_is() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake().sendHex("81ff7fffffffffffffff00000000");

      assertThat(client.readAll()).contains("\u0088"); // a close frame
    }
  }

  @Test
  void survives_fragments_that_never_end() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.handshake().sendHex("018000000000").sendHex("008000000000".repeat(100));

      assertThat(client.readAll()).contains("message too long");
    }
  }

  @Test
  void survives_fragments_that_add_up() throws IOException {
    var fragment = "00fe0fff00000000" + "78".repeat(4095);
    try (var client = new RawClient(gateway.port())) {
      client.handshake().sendHex("018000000000").sendHex(fragment.repeat(17));

      assertThat(client.readAll()).contains("message too long");
    }
  }

  @Test
  void closes_a_reader_that_never_reads_while_others_go_on() {
    var reader = gateway.connectAs("ann").ready();
    var stuck = gateway.connectWithoutReading();

    flood(RunningGateway.LOCAL);

    await().until(() -> !gateway.registry.isConnected(RunningGateway.LOCAL));
    reader.expectNothingBeforePong();
    stuck.read();
    assertThat(stuck.closeCode()).isEqualTo(4008);
  }

  @Test
  void cuts_a_reader_that_does_not_even_read_why() {
    var stuck = gateway.connectWithoutReading();
    flood(RunningGateway.LOCAL);
    await().until(() -> !gateway.registry.isConnected(RunningGateway.LOCAL));

    gateway.time.pass(Duration.ofSeconds(6));

    await().until(stuck::isCutOff);
  }

  @Test
  void closes_a_handshake_that_takes_too_long() throws IOException {
    var clients = new ArrayList<RawClient>();
    for (int i = 0; i < 500; i++) {
      clients.add(new RawClient(gateway.port()).send("GET / HTTP/1.1\r\nHost: "));
    }
    gateway.connect().ready(); // accepted in order, so all of them are

    gateway.time.pass(Duration.ofSeconds(6));

    for (var client : clients) {
      try (client) {
        assertThat(client.readAll()).isEmpty();
      }
    }
  }

  @Test
  void closes_a_handshake_that_is_too_long() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.send("GET / HTTP/1.1\r\nCookie: " + "x".repeat(9000));

      assertThat(client.isCutOff()).isTrue();
    }
  }

  @Test
  void closes_what_is_no_handshake() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(client.readAll()).startsWith("HTTP/1.1 404 ");
    }
  }

  private void flood(OwnerId owner) {
    var job = gateway.accepted(owner).job();
    var text = "x".repeat(32_000);
    for (int i = 0; i < 1000 && gateway.registry.isConnected(owner); i++) {
      gateway.replies.publish(owner, new ReplyEvent.ReplyDelta(job, 1, i * text.length(), text));
    }
  }
}
