package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectingTest {

  private final RunningGateway gateway = new RunningGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void greets_with_a_registered_connection() {
    var ready = gateway.connect().next("connection.ready");

    var id = new ConnectionId(ready.path("connectionId").asText());
    assertThat(ready.path("heartbeatSeconds").asInt()).isEqualTo(20);
    assertThat(ready.path("protocol").asText()).isEqualTo("prosa.v1");
    assertThat(gateway.registry.ownerOf(id)).isEqualTo(RunningGateway.LOCAL);
  }

  @Test
  void forgets_a_connection_that_is_closed() {
    var client = gateway.connectAs("ann");
    client.ready();

    client.close();

    await().until(() -> !gateway.registry.isConnected(new OwnerId("ann")));
  }

  @Test
  void lets_a_browser_in_with_a_ticket() {
    var ticket = gateway.tickets.issue(new Caller(new OwnerId("ann"), null));

    var client = browser("prosa.v1", "ticket." + ticket);

    assertThat(client.subprotocol()).isEqualTo("prosa.v1");
    var id = new ConnectionId(client.next("connection.ready").path("connectionId").asText());
    assertThat(gateway.registry.ownerOf(id)).isEqualTo(new OwnerId("ann"));
  }

  @Test
  void takes_a_ticket_once() {
    var ticket = gateway.tickets.issue(new Caller(new OwnerId("ann"), null));
    browser("prosa.v1", "ticket." + ticket).ready();

    var second = browser("prosa.v1", "ticket." + ticket);

    assertThat(second.closeCode()).isEqualTo(4500);
  }

  @Test
  void lets_one_of_fifty_in_with_the_same_ticket() {
    var ticket = gateway.tickets.issue(new Caller(new OwnerId("ann"), null));

    var clients =
        IntStream.range(0, 50)
            .parallel()
            .mapToObj(_ -> browser("prosa.v1", "ticket." + ticket))
            .toList();

    assertThat(clients.stream().filter(TestClient::isLetIn)).hasSize(1);
  }

  @Test
  void refuses_a_browser_without_a_ticket() {
    assertThat(browser("prosa.v1").closeCode()).isEqualTo(4500);
  }

  @Test
  void refuses_a_browser_that_brings_a_token_instead_of_a_ticket() {
    var headers = Map.of("Origin", RunningGateway.ORIGIN, "Authorization", "Bearer dev-ann");

    var client = TestClient.connect(gateway.port(), headers, "prosa.v1");

    assertThat(client.closeCode()).isEqualTo(4500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer nobody", "Bearer ", "Basic ZGV2LWFubg=="})
  void refuses_a_token_that_proves_nothing(String authorization) {
    var client = TestClient.connect(gateway.port(), Map.of("Authorization", authorization));

    assertThat(client.closeCode()).isEqualTo(4500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://localhost:8080.evil.example",
        "http://LOCALHOST:8080",
        "https://localhost:8080",
        "http://localhost:8081",
        "http://localhost",
        "http://localhost:80800",
        "http://xlocalhost:8080",
        "http://evil.example/http://localhost:8080",
        "http://localhost.:8080",
        "http://user@localhost:8080",
        "http://localhost:8080@evil.example",
        "http://localhost:8080/",
        "HTTP://localhost:8080",
        "http://localhost:8080, http://evil.example",
        "file://",
        "",
        "null"
      })
  void refuses_a_page_of_another_origin(String origin) {
    var ticket = "ticket." + gateway.tickets.issue(new Caller(RunningGateway.LOCAL, null));

    assertThatThrownBy(
            () -> TestClient.connect(gateway.port(), Map.of("Origin", origin), "prosa.v1", ticket))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
  }

  @Test
  void refuses_a_foreign_page_on_loopback_though_development_mode_believes_every_token() {
    var headers = Map.of("Origin", "http://evil.example", "Authorization", "Bearer dev-ann");

    assertThatThrownBy(() -> TestClient.connect(gateway.port(), headers))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void refuses_a_page_that_names_two_origins() throws IOException {
    try (var client = new RawClient(gateway.port())) {
      client.askForWebSocket("Origin: " + RunningGateway.ORIGIN, "Origin: http://evil.example");

      assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void does_not_take_an_expired_ticket() {
    var ticket = gateway.tickets.issue(new Caller(new OwnerId("ann"), null));

    gateway.time.pass(TicketOffice.LIFE);

    assertThat(browser("prosa.v1", "ticket." + ticket).closeCode()).isEqualTo(4500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a b", "../ticket", "{x}", "%00", "ticket:*", "\u00e9\u0001"})
  void does_not_take_a_ticket_of_other_characters(String ticket) throws IOException {
    var unused = gateway.tickets.issue(new Caller(new OwnerId("ann"), null));
    try (var client = new RawClient(gateway.port())) {
      client.handshake(
          "Origin: " + RunningGateway.ORIGIN, "Sec-WebSocket-Protocol: prosa.v1, ticket." + ticket);

      assertThat(client.readBytes(4)).containsExactly(0x88, 0x02, 4500 >> 8, 4500 & 0xff);
    }
    browser("prosa.v1", "ticket." + unused).ready();
  }

  @Test
  void closes_the_oldest_connections_of_a_user_when_newer_ones_come() {
    var anns = IntStream.range(0, 7).mapToObj(_ -> gateway.connectAs("ann").ready()).toList();

    assertThat(anns.subList(0, 2)).allMatch(oldest -> oldest.closeCode() == 4529);
    anns.subList(2, 7).forEach(TestClient::expectNothingBeforePong);
    gateway.connectAs("bob").ready();
  }

  private TestClient browser(String... protocols) {
    return TestClient.connect(gateway.port(), Map.of("Origin", RunningGateway.ORIGIN), protocols);
  }
}
