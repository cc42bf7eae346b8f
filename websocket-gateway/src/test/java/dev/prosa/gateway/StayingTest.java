package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a client may stay that was let in.
class StayingTest {

  private static final OwnerId ANN = new OwnerId("ann");

  private final RunningGateway gateway = new RunningGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void tells_a_client_before_its_token_ends_and_closes_then() {
    var until = in(Duration.ofMinutes(10));
    var client = gateway.connectAs(token(until)).ready();
    client.expectNothingBeforePong();

    gateway.time.pass(Duration.ofMinutes(10).minus(Doorkeeper.NOTICE));
    assertThat(client.next("auth.expiring").path("expiresAt").asText()).isEqualTo(until.toString());

    client.awaitPing(); // or it is taken for dead when the next minute passes before its pong
    client.expectNothingBeforePong();
    gateway.time.pass(Doorkeeper.NOTICE);
    assertThat(client.closeCode()).isEqualTo(4401);
  }

  @Test
  void lets_a_ticket_in_for_as_long_as_the_token_it_was_asked_for_with() {
    var until = in(Duration.ofSeconds(50));
    var client = browser(gateway.tickets.issue(new Caller(ANN, until))).ready();

    client.next("auth.expiring");
    gateway.time.pass(Duration.ofSeconds(50));

    assertThat(client.closeCode()).isEqualTo(4401);
  }

  @Test
  void keeps_a_client_that_proves_again_who_it_is_by_ticket() {
    var client =
        browser(gateway.tickets.issue(new Caller(ANN, in(Duration.ofSeconds(50))))).ready();
    client.next("auth.expiring");
    var later = in(Duration.ofHours(1));

    client.send(
        "{\"type\":\"auth.refresh\",\"ticket\":\"%s\"}"
            .formatted(gateway.tickets.issue(new Caller(ANN, later))));

    assertThat(client.next("auth.refreshed").path("expiresAt").asText())
        .isEqualTo(later.toString());
    gateway.time.pass(Duration.ofMinutes(30));
    client.expectNothingBeforePong();
  }

  @Test
  void keeps_a_client_that_proves_again_who_it_is_by_token() {
    var client = gateway.connectAs(token(in(Duration.ofSeconds(50)))).ready();
    client.next("auth.expiring");

    client.send("{\"type\":\"auth.refresh\",\"token\":\"dev-ann\"}");

    assertThat(client.next("auth.refreshed").has("expiresAt")).isFalse();
    gateway.time.pass(Duration.ofDays(1));
    client.expectNothingBeforePong();
  }

  @Test
  void closes_a_client_that_proves_to_be_somebody_else() {
    var client = gateway.connectAs("ann").ready();

    client.send("{\"type\":\"auth.refresh\",\"token\":\"dev-bob\"}");

    assertThat(client.closeCode()).isEqualTo(4500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ticket\":\"00000000000000000000000000\"",
        "\"token\":\"nonsense\"",
        "\"token\":\"dev-ann!1\"",
        "\"token\":\"\""
      })
  void closes_a_client_whose_proof_is_none(String proof) {
    var client = gateway.connectAs("ann").ready();

    client.send("{\"type\":\"auth.refresh\",%s}".formatted(proof));

    assertThat(client.closeCode()).isEqualTo(4500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"token\":null", ",\"token\":7", ",\"ticket\":[]"})
  void takes_a_proof_that_is_missing_for_no_message(String proof) {
    var client = gateway.connectAs("ann").ready();

    client.send("{\"type\":\"auth.refresh\"%s}".formatted(proof));

    assertThat(client.next("error").path("code").asText()).isEqualTo("invalid_message");
    client.expectNothingBeforePong();
  }

  @Test
  void closes_every_connection_of_a_user_who_logs_out_and_of_nobody_else() {
    var tab = browser(gateway.tickets.issue(new Caller(ANN, null))).ready();
    var script = gateway.connectAs("ann").ready();
    var bob = gateway.connectAs("bob").ready();
    gateway.time.pass(Duration.ofSeconds(1));

    gateway.tickets.logOut(ANN);

    assertThat(tab.closeCode()).isEqualTo(4501);
    assertThat(script.closeCode()).isEqualTo(4501);
    bob.expectNothingBeforePong();
  }

  @Test
  void closes_whoever_comes_with_a_ticket_from_before_the_logout() {
    var ticket = gateway.tickets.issue(new Caller(ANN, null));
    gateway.tickets.logOut(ANN);
    gateway.time.pass(Duration.ofSeconds(20));

    assertThat(browser(ticket).closeCode()).isEqualTo(4501);
  }

  @Test
  void keeps_whoever_comes_after_the_logout() {
    gateway.tickets.logOut(ANN);
    gateway.time.pass(Duration.ofSeconds(1));
    var client = browser(gateway.tickets.issue(new Caller(ANN, null))).ready();

    gateway.tickets.logOut(new OwnerId("bob"));
    gateway.time.pass(Duration.ofSeconds(5));
    var bob = gateway.connectAs("bob").ready(); // by now logouts were asked for once more
    bob.expectNothingBeforePong();

    client.expectNothingBeforePong();
  }

  private static String token(Instant until) {
    return "ann!" + until.getEpochSecond();
  }

  private Instant in(Duration time) {
    return gateway.time.instant().plus(time);
  }

  private TestClient browser(String ticket) {
    var headers = Map.of("Origin", RunningGateway.ORIGIN);
    return TestClient.connect(gateway.port(), headers, "prosa.v1", "ticket." + ticket);
  }
}
