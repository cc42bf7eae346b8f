package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is connected, and where.
abstract class ConnectionRegistryContract {

  final ManualTime time = new ManualTime();
  private final GatewayId gateway = GatewayId.create();
  private final OwnerId owner = TurnDatabaseContract.someone();

  abstract ConnectionRegistry registry();

  /// Lets time pass for the registry.
  abstract void pass(Duration duration);

  private Connection open(OwnerId by) {
    var connection = new Connection(ConnectionId.create(), by);
    registry().assertOpen(gateway, List.of(connection));
    return connection;
  }

  @Test
  void knows_whose_connection_is_open() {
    var connection = open(owner);

    assertThat(registry().ownerOf(connection.id())).isEqualTo(owner);
    assertThat(registry().isConnected(owner)).isTrue();
  }

  @Test
  void knows_no_owner_of_a_connection_that_was_never_open() {
    assertThat(registry().ownerOf(ConnectionId.create())).isNull();
    assertThat(registry().isConnected(owner)).isFalse();
  }

  @Test
  void does_not_mix_up_two_owners() {
    var other = TurnDatabaseContract.someone();
    var connection = open(other);

    assertThat(registry().ownerOf(connection.id())).isEqualTo(other);
    assertThat(registry().isConnected(owner)).isFalse();
  }

  @Test
  void forgets_a_connection_that_is_removed() {
    var connection = open(owner);

    registry().remove(gateway, connection);

    assertThat(registry().ownerOf(connection.id())).isNull();
    assertThat(registry().isConnected(owner)).isFalse();
  }

  @Test
  void keeps_the_other_connections_of_an_owner() {
    var first = open(owner);
    var second = open(owner);

    registry().remove(gateway, first);

    assertThat(registry().ownerOf(second.id())).isEqualTo(owner);
    assertThat(registry().isConnected(owner)).isTrue();
  }

  @Test
  void takes_the_connections_of_many_owners_at_once() {
    var mine = new Connection(ConnectionId.create(), owner);
    var other = new Connection(ConnectionId.create(), TurnDatabaseContract.someone());

    registry().assertOpen(gateway, List.of(mine, other));

    assertThat(registry().ownerOf(mine.id())).isEqualTo(owner);
    assertThat(registry().ownerOf(other.id())).isEqualTo(other.owner());
  }

  @Test
  void takes_none_at_all() {
    registry().assertOpen(gateway, List.of());

    assertThat(registry().isConnected(owner)).isFalse();
  }

  @Test
  void removing_twice_does_nothing() {
    var connection = open(owner);
    registry().remove(gateway, connection);

    registry().remove(gateway, connection);

    assertThat(registry().isConnected(owner)).isFalse();
  }

  @Test
  void keeps_an_entry_for_its_life() {
    var connection = open(owner);

    pass(ConnectionRegistry.LIFE.minusSeconds(1));

    assertThat(registry().ownerOf(connection.id())).isEqualTo(owner);
    assertThat(registry().isConnected(owner)).isTrue();
  }

  @Test
  void forgets_an_entry_that_its_gateway_does_not_repeat() {
    var connection = open(owner);

    pass(ConnectionRegistry.LIFE);

    assertThat(registry().ownerOf(connection.id())).isNull();
    assertThat(registry().isConnected(owner)).isFalse();
  }

  @Test
  void keeps_an_entry_that_its_gateway_repeats() {
    var connection = open(owner);
    pass(ConnectionRegistry.LIFE.minusSeconds(1));
    registry().assertOpen(gateway, List.of(connection));

    pass(ConnectionRegistry.LIFE.minusSeconds(1));

    assertThat(registry().ownerOf(connection.id())).isEqualTo(owner);
    assertThat(registry().isConnected(owner)).isTrue();
  }

  @Test
  void forgets_one_connection_while_another_one_is_repeated() {
    var dead = open(owner);
    pass(ConnectionRegistry.LIFE.minusSeconds(1));
    var alive = open(owner);

    pass(Duration.ofSeconds(1));

    assertThat(registry().ownerOf(dead.id())).isNull();
    assertThat(registry().ownerOf(alive.id())).isEqualTo(owner);
    assertThat(registry().isConnected(owner)).isTrue();
  }
}
