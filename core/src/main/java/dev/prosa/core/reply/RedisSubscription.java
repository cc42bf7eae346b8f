package dev.prosa.core.reply;

import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/// One thread that reads, and one that pings: SUBSCRIBE has no timeout of its own, so only an
/// answer to a ping shows that somebody is still there.
final class RedisSubscription implements ReplyChannel.Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(RedisSubscription.class);
  private static final Duration PING_EVERY = Duration.ofMillis(400);
  private static final Duration SILENCE = Duration.ofMillis(1500);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration FIRST_SUBSCRIBE = Duration.ofSeconds(2);

  private final RedisPool pool;
  private final String channel;
  private final Consumer<String> listener;
  private final CountDownLatch firstTime = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ScheduledExecutorService pinger =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("redis-ping").factory());
  private volatile @Nullable Connection connection;
  private volatile boolean live;

  RedisSubscription(RedisPool pool, String channel, Consumer<String> listener) {
    this.pool = pool;
    this.channel = channel;
    this.listener = listener;
  }

  /// Returns when the first subscription stands, or Redis did not answer for a while; then it goes
  /// on trying.
  void start() {
    Thread.ofPlatform().daemon().name("redis-" + channel).start(this::run);
    try {
      if (!firstTime.await(FIRST_SUBSCRIBE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Redis does not answer; trying to subscribe to {} until it does", channel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One line an outage, though it is tried again several times a second.
  private void tellOnce(RuntimeException e) {
    if (live && !isClosed()) {
      LOG.warn(
          "subscription to {} lost ({}); trying every {} ms until it stands again",
          channel,
          e.getMessage(),
          PAUSE.toMillis());
    }
  }

  private void run() {
    while (!isClosed()) {
      try {
        listen();
      } catch (JedisException | CacheUnavailableException e) {
        tellOnce(e);
      }
      live = false;
      pause();
    }
  }

  private void listen() {
    try (var current = pool.connect(SILENCE)) {
      connection = current;
      var handler = new Handler();
      var pings =
          pinger.scheduleWithFixedDelay(
              handler::pingIfSubscribed,
              PING_EVERY.toMillis(),
              PING_EVERY.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        handler.proceed(current, channel);
      } finally {
        pings.cancel(false);
      }
    } finally {
      connection = null;
    }
  }

  private final class Handler extends JedisPubSub {
    @Override
    public void onSubscribe(String name, int count) {
      live = true;
      firstTime.countDown();
    }

    @Override
    public void onMessage(String name, String message) {
      try {
        listener.accept(message);
      } catch (RuntimeException e) {
        LOG.error("a message of {} could not be handed over; it is lost", channel, e);
      }
    }

    private void pingIfSubscribed() {
      try {
        if (isSubscribed()) {
          ping();
        }
      } catch (JedisException broken) {
        LOG.debug("ping of {} failed; its reader notices the silence", channel, broken);
      }
    }
  }

  private void pause() {
    try {
      if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("subscription to {} ended", channel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  @Override
  public boolean isLive() {
    return live;
  }

  @Override
  public void close() {
    closed.countDown();
    pinger.shutdownNow();
    var current = connection;
    if (current != null) {
      current.disconnect();
    }
  }
}
