package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RedisPool;
import java.time.InstantSource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.SetParams;

/// `conn:<id>` holds the owner; the sorted set `user:{<owner>}:connections` holds
/// `<connection>@<gateway>` with its expiry as the score.
final class RedisConnectionRegistry implements ConnectionRegistry {

  private static final SetParams EXPIRY = SetParams.setParams().px(LIFE.toMillis());

  private final RedisPool pool;
  private final InstantSource clock;

  RedisConnectionRegistry(RedisPool pool, InstantSource clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public void assertOpen(GatewayId gateway, Collection<Connection> connections) {
    var now = clock.millis();
    var expiry = now + LIFE.toMillis();
    pool.call(redis -> {
      try (var pipeline = redis.pipelined()) {
        for (var connection : connections) {
          var user = connectionsOf(connection.owner());
          pipeline.set(connectionKey(connection.id()), connection.owner().value(), EXPIRY);
          pipeline.zadd(user, (double) expiry, member(gateway, connection));
          pipeline.zremrangeByScore(user, 0, (double) now);
          pipeline.pexpire(user, LIFE.toMillis());
        }
        pipeline.sync();
      }
      return connections.size();
    });
  }

  @Override
  public void remove(GatewayId gateway, Connection connection) {
    pool.call(redis -> {
      try (var pipeline = redis.pipelined()) {
        pipeline.del(connectionKey(connection.id()));
        pipeline.zrem(connectionsOf(connection.owner()), member(gateway, connection));
        pipeline.sync();
      }
      return 1;
    });
  }

  @Override
  public @Nullable OwnerId ownerOf(ConnectionId id) {
    var owner = pool.<@Nullable String>call(redis -> redis.get(connectionKey(id)));
    return owner == null ? null : new OwnerId(owner);
  }

  @Override
  public boolean isConnected(OwnerId owner) {
    var open =
        pool.call(redis ->
            redis.zcount(connectionsOf(owner), (double) clock.millis(), Double.POSITIVE_INFINITY));
    return open > 0;
  }

  private static String member(GatewayId gateway, Connection connection) {
    return connection.id() + "@" + gateway;
  }

  private static String connectionKey(ConnectionId id) {
    return "conn:" + id;
  }

  private static String connectionsOf(OwnerId owner) {
    return "user:{" + owner + "}:connections";
  }
}
