package dev.prosa.core.runtime;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// Connections to Redis, shared by everything in a process. Thread-safe; whoever opens it closes
/// it.
///
/// The permits stand before the pool because thousands of virtual threads that wait inside the pool
/// of Jedis 8 stall each other.
///
/// A Redis that keeps a call waiting until its time is over is left alone for [#REST]: calls fail
/// at once meanwhile, so that a request that makes several of them waits for one only. A Redis that
/// refuses a connection says so at once and is asked again at once.
///
/// @param address where Redis is: `redis://[user:password@]host:port`, or `rediss://` for TLS
/// @param client owned by this record
/// @param permits as many as the pool has connections
/// @param restsUntil the end of the rest by [System#nanoTime]
public record RedisPool(URI address, RedisClient client, Semaphore permits, AtomicLong restsUntil)
    implements AutoCloseable {

  /// How long a Redis that did not answer in time is left alone.
  static final Duration REST = Duration.ofSeconds(1);

  private static final int CONNECTIONS = 32;
  private static final int DEFAULT_PORT = 6379;

  /// Redis on the same network answers in a millisecond; half a second means that it is not there.
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private static final Duration MAX_WAIT = Duration.ofMillis(250);

  /// A pool for `address`; nothing is called yet.
  public static RedisPool open(URI address) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(MAX_WAIT);
    pool.setJmxEnabled(false);
    var client =
        RedisClient.builder()
            .hostAndPort(hostAndPort(address))
            .clientConfig(config(address, TIMEOUT))
            .poolConfig(pool)
            .build();
    return new RedisPool(
        address, client, new Semaphore(CONNECTIONS), new AtomicLong(System.nanoTime()));
  }

  /// Runs one call, or one script; a second time when the connection broke, so that it must be
  /// harmless to have it applied twice.
  ///
  /// @throws CacheUnavailableException when Redis does not answer in time
  public <T extends @Nullable Object> T call(Function<RedisClient, T> call) {
    if (System.nanoTime() - restsUntil.get() < 0) {
      throw new CacheUnavailableException("Redis did not answer a moment ago", null);
    }
    acquire();
    try {
      return applyTwice(call);
    } catch (JedisException e) {
      if (isTimeout(e)) {
        restsUntil.set(System.nanoTime() + REST.toNanos());
      }
      throw new CacheUnavailableException("Redis did not answer", e);
    } finally {
      permits.release();
    }
  }

  /// A connection that waited in the pool while Redis restarted fails once and is thrown away.
  private <T extends @Nullable Object> T applyTwice(Function<RedisClient, T> call) {
    try {
      return call.apply(client);
    } catch (JedisConnectionException stale) {
      if (isTimeout(stale)) {
        throw stale;
      }
      return call.apply(client);
    }
  }

  private static boolean isTimeout(Throwable e) {
    return e instanceof SocketTimeoutException || (e.getCause() != null && isTimeout(e.getCause()));
  }

  private void acquire() {
    try {
      if (!permits.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CacheUnavailableException("all " + CONNECTIONS + " connections are busy", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheUnavailableException("interrupted while waiting for Redis", e);
    }
  }

  /// A connection outside the pool, for a subscription; the caller closes it.
  ///
  /// @param silence after this long without a byte a read fails
  /// @throws CacheUnavailableException when Redis does not answer
  public Connection connect(Duration silence) {
    try {
      // in RESP3 the answer to a ping is no message, and Jedis takes it for a broken stream
      return new Connection(
          hostAndPort(address),
          DefaultJedisClientConfig.builder().from(config(address, silence)).resp2().build());
    } catch (JedisException e) {
      throw new CacheUnavailableException("cannot connect to Redis", e);
    }
  }

  private static HostAndPort hostAndPort(URI address) {
    return new HostAndPort(
        address.getHost(), address.getPort() < 0 ? DEFAULT_PORT : address.getPort());
  }

  private static DefaultJedisClientConfig config(URI address, Duration silence) {
    var config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) TIMEOUT.toMillis())
            .socketTimeoutMillis((int) silence.toMillis())
            .blockingSocketTimeoutMillis((int) silence.toMillis());
    if ("rediss".equals(address.getScheme())) {
      config.sslOptions(SslOptions.defaults());
    }
    var user = userInfo(address, 0);
    if (user != null) {
      config.user(user.isEmpty() ? null : user).password(userInfo(address, 1));
    }
    return config.build();
  }

  private static @Nullable String userInfo(URI address, int part) {
    var info = address.getUserInfo();
    var parts = info == null ? new String[0] : info.split(":", 2);
    return parts.length > part ? parts[part] : null;
  }

  /// The address without its password, for people and logs.
  @Override
  public String toString() {
    return "redis://" + hostAndPort(address);
  }

  @Override
  public void close() {
    client.close();
  }
}
