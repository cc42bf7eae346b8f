package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.connection.Grant;
import dev.prosa.core.connection.Logouts;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.TurnDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceptionTest {

  private static final Credentials NOTHING = Credentials.of(null, null, null);
  private static final OwnerId LOCAL = new OwnerId("local");

  private final ManualTime time = new ManualTime();
  private final BreakableRedis redis = new BreakableRedis(time);
  private final RecordingWire wire = new RecordingWire();
  private final Metrics metrics = Metrics.create();
  private final Reception reception = reception(redis);

  @Test
  void keeps_a_client_whose_connection_cannot_be_registered() {
    redis.broken = true;

    reception.open(wire, NOTHING);

    assertThat(wire.frames).singleElement().asString().contains("connection.ready");
    assertThat(wire.closes).isEmpty();
  }

  @Test
  void registers_everybody_again_when_redis_is_back() {
    redis.broken = true;
    reception.open(wire, NOTHING);
    redis.broken = false;

    reception.repeat();

    assertThat(redis.isConnected(LOCAL)).isTrue();
  }

  @Test
  void keeps_a_registration_alive_by_repeating_it() {
    reception.open(wire, NOTHING);

    for (int i = 0; i < 10; i++) {
      time.pass(Registrar.EVERY);
      reception.repeat();
    }

    assertThat(redis.isConnected(LOCAL)).isTrue();
  }

  @Test
  void tries_again_at_once_when_a_repetition_failed() {
    reception.open(wire, NOTHING);
    redis.broken = true;
    time.pass(ConnectionRegistry.LIFE);
    reception.repeat();
    redis.broken = false;

    reception.repeat();

    assertThat(redis.isConnected(LOCAL)).isTrue();
  }

  @Test
  void asks_a_client_to_reconnect_when_its_ticket_cannot_be_redeemed() {
    redis.broken = true;

    reception.open(wire, Credentials.of(null, "prosa.v1,ticket.t", null));

    assertThat(wire.closes).containsExactly(CloseCode.UNAVAILABLE);
    assertThat(wire.frames).isEmpty();
    assertThat(metrics.text()).contains("prosa_ws_refused_total{reason=\"unavailable\"} 1.0");
  }

  @Test
  void delivers_frames_as_they_are() {
    reception.open(wire, NOTHING);

    reception.deliver(LOCAL, "not even JSON");

    assertThat(wire.frames).last().isEqualTo("not even JSON");
  }

  @Test
  void forgets_a_client_that_does_not_read() {
    reception.open(wire, NOTHING);
    wire.full = true;

    reception.deliver(LOCAL, "{}");

    assertThat(wire.closes).containsExactly(CloseCode.SLOW);
    assertThat(redis.isConnected(LOCAL)).isFalse();
  }

  @Test
  void lets_nobody_in_while_it_drains() {
    reception.drain(Duration.ZERO);

    reception.open(wire, NOTHING);

    assertThat(wire.closes).containsExactly(CloseCode.DRAINING);
    assertThat(redis.isConnected(LOCAL)).isFalse();
    assertThat(metrics.text()).contains("prosa_ws_refused_total{reason=\"draining\"} 1.0");
  }

  private Reception reception(BreakableRedis broken) {
    var turnstile = new Turnstile();
    var turns = TurnDatabase.inMemory(time).turns();
    return new Reception(
        new Doorkeeper(broken, TokenVerifier.development(time), turnstile, time),
        new Registrar(broken, GatewayId.create(), turnstile, time),
        new ClientRequests(turns, ReplyChannel.inMemory(), turnstile, metrics.gateway()),
        new SessionTable(5),
        client -> new Session(client, Runnable::run, time),
        metrics.gateway());
  }

  /// A registry and a ticket office that can be switched off.
  private static final class BreakableRedis implements ConnectionRegistry, TicketOffice {

    private final ConnectionRegistry registry;
    private final TicketOffice tickets;
    private boolean broken;

    BreakableRedis(ManualTime time) {
      registry = ConnectionRegistry.inMemory(time);
      tickets = TicketOffice.inMemory(time);
    }

    private void check() {
      if (broken) {
        throw new CacheUnavailableException("switched off", null);
      }
    }

    @Override
    public void assertOpen(GatewayId gateway, Collection<Connection> connections) {
      check();
      registry.assertOpen(gateway, connections);
    }

    @Override
    public void remove(GatewayId gateway, Connection connection) {
      check();
      registry.remove(gateway, connection);
    }

    @Override
    public @Nullable OwnerId ownerOf(ConnectionId id) {
      return registry.ownerOf(id);
    }

    @Override
    public boolean isConnected(OwnerId owner) {
      return registry.isConnected(owner);
    }

    @Override
    public String issue(Caller caller) {
      return tickets.issue(caller);
    }

    @Override
    public @Nullable Grant redeem(String ticket) {
      check();
      return tickets.redeem(ticket);
    }

    @Override
    public void logOut(OwnerId owner) {
      check();
      tickets.logOut(owner);
    }

    @Override
    public Logouts logoutsSince(Instant moment) {
      check();
      return tickets.logoutsSince(moment);
    }
  }
}
