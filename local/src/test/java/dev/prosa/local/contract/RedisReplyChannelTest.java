package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent.ReplyStarted;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.RedisPool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

class RedisReplyChannelTest extends ReplyChannelContract {

  private static final RedisPool POOL = RedisPool.open(Servers.redis());

  private final ManualTime time = new ManualTime();
  private final ReplyChannel channel = ReplyChannel.redis(POOL, time);
  private final ConnectionRegistry registry = ConnectionRegistry.redis(POOL, time);

  @AfterAll
  static void closePool() {
    POOL.close();
  }

  @Override
  ReplyChannel channel() {
    return channel;
  }

  @Override
  GatewayId connected(OwnerId by) {
    var gateway = GatewayId.create();
    connect(gateway, by);
    return gateway;
  }

  private void connect(GatewayId gateway, OwnerId by) {
    registry.assertOpen(gateway, List.of(new Connection(ConnectionId.create(), by)));
  }

  @Test
  void reaches_nobody_when_the_owner_is_not_connected() {
    connected(TurnDatabaseContract.someone());

    assertThat(started(1)).isEqualTo(new PublishOutcome.Published(0));
  }

  @Test
  void reaches_every_gateway_once_however_many_connections_it_holds() {
    var gateway = connected(owner);
    connect(gateway, owner);
    connected(owner);

    assertThat(started(1)).isEqualTo(new PublishOutcome.Published(2));
  }

  @Test
  void does_not_reach_a_gateway_that_does_not_repeat_its_entries() {
    connected(owner);
    time.pass(ConnectionRegistry.LIFE.plusMillis(1));

    assertThat(started(1)).isEqualTo(new PublishOutcome.Published(0));
  }

  @Test
  void a_gateway_does_not_hear_what_is_for_another_one() {
    var mine = new Heard();
    var other = new Heard();
    try (var _ = channel.subscribe(connected(owner), mine);
        var _ = channel.subscribe(connected(TurnDatabaseContract.someone()), other)) {
      started(1);

      mine.awaitOf(owner, new ReplyStarted(job, 1, "m", "Hi").toJson());
      other.hasNothing();
    }
  }

  /// The quickest of a few times counts: how late the others are says how busy the machine is.
  @Test
  void subscribes_again_within_two_seconds_when_its_connection_is_killed() {
    var heard = new Heard();
    try (var subscription = channel.subscribe(connected(owner), heard)) {
      var silences = Stream.generate(() -> silence(heard)).limit(5);

      assertThat(silences.anyMatch(silence -> silence.compareTo(Duration.ofSeconds(2)) < 0))
          .isTrue();
      assertThat(subscription.isLive()).isTrue();
    }
  }

  /// How long nothing is heard when the connection is killed.
  private Duration silence(Heard heard) {
    killSubscribers();
    var begin = System.nanoTime();
    var before = heard.count();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          started(1);
          return heard.count() > before;
        });
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void killSubscribers() {
    try (var redis = POOL.connect(Duration.ofSeconds(10))) {
      redis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub");
      assertThat(redis.getIntegerReply()).isPositive();
    }
  }

  @Test
  void goes_on_when_a_listener_fails() {
    var heard = new Heard();
    ReplyChannel.Listener failing =
        (by, frame, at) -> {
          if (frame.contains("reply.started")) {
            throw new IllegalStateException("a defect of the listener");
          }
          heard.onFrame(by, frame, at);
        };
    try (var _ = channel.subscribe(connected(owner), failing)) {
      started(1);
      channel.publish(owner, COMPLETED.apply(job));

      heard.awaitOf(owner, COMPLETED.apply(job).toJson());
    }
  }

  @Test
  void takes_no_notice_of_garbage() {
    var heard = new Heard();
    var gateway = connected(owner);
    try (var _ = channel.subscribe(gateway, heard);
        var _ = channel.onStop(heard::stop)) {
      for (var garbage : List.of("", "x", "\n{}", "not an owner!\n{}")) {
        POOL.call(redis -> redis.publish("gateway:" + gateway, garbage));
        POOL.call(redis -> redis.publish("stops", garbage));
      }
      started(1);
      channel.requestStop(job);

      heard.awaitOf(owner, new ReplyStarted(job, 1, "m", "Hi").toJson());
      heard.awaitStops(job);
    }
  }

  @Test
  void asks_for_everything_again_after_redis_lost_it() {
    started(1);
    delta(1, 0, "Hel");
    POOL.call(RedisClient::flushAll);

    assertThat(channel.snapshot(owner, job)).isNull();
    assertThat(delta(1, 3, "lo")).isEqualTo(new PublishOutcome.Gap(0));
    assertThat(delta(1, 0, "Hello")).isInstanceOf(PublishOutcome.Published.class);
    assertThat(channel.snapshot(owner, job)).isEqualTo(new LiveReply(1, "Hello"));
  }

  @Test
  void asks_for_everything_again_when_only_the_text_was_evicted() {
    started(1);
    delta(1, 0, "Hel");
    POOL.call(redis -> redis.del("live:{" + owner + "}:" + job + ":text"));

    assertThat(delta(1, 3, "lo")).isEqualTo(new PublishOutcome.Gap(0));
    assertThat(delta(1, 0, "Hello")).isInstanceOf(PublishOutcome.Published.class);
    assertThat(channel.snapshot(owner, job)).isEqualTo(new LiveReply(1, "Hello"));
  }

  @Test
  void keeps_live_text_for_15_minutes_after_it_was_extended_last() {
    started(1);
    delta(1, 0, "Hel");
    RedisTime.pass(Duration.ofMinutes(14));
    delta(1, 3, "lo");

    RedisTime.pass(Duration.ofMinutes(14));
    assertThat(channel.snapshot(owner, job)).isEqualTo(new LiveReply(1, "Hello"));

    RedisTime.pass(Duration.ofMinutes(1));
    assertThat(channel.snapshot(owner, job)).isNull();
  }

  @Test
  void leaves_no_key_that_never_expires() {
    var others = POOL.call(redis -> redis.keys("*"));
    connected(owner);
    started(1);
    delta(1, 0, "Hel");
    channel.publish(owner, COMPLETED.apply(job));

    RedisTime.pass(Duration.ofMinutes(15));

    var left = POOL.call(redis -> redis.keys("*"));
    assertThat(left).isSubsetOf(others);
  }

  @Test
  void says_so_when_redis_is_away() {
    try (var nowhere = RedisPool.open(URI.create("redis://127.0.0.1:1"))) {
      var away = ReplyChannel.redis(nowhere, time);

      assertThatThrownBy(() -> away.requestStop(job)).isInstanceOf(CacheUnavailableException.class);
      assertThatThrownBy(() -> away.publish(owner, COMPLETED.apply(job)))
          .isInstanceOf(CacheUnavailableException.class);
    }
  }
}
