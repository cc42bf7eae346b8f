package dev.prosa.bench.chaos.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.util.function.Consumer;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/// Overhears what workers tell the gateways.
final class RedisTap implements PublishTap {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final RedisPool pool;
  private final Consumer<String> onFinal;
  private final Thread reader;

  RedisTap(RedisPool pool, Consumer<String> onFinal) {
    this.pool = pool;
    this.onFinal = onFinal;
    this.reader = Thread.ofVirtual().name("tap").start(this::read);
  }

  private void read() {
    while (!Thread.currentThread().isInterrupted()) {
      try (var connection = pool.connect(SILENCE)) {
        new Ear().proceedWithPatterns(connection, "gateway:*");
      } catch (JedisException | CacheUnavailableException away) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Ear extends JedisPubSub {
    @Override
    public void onPMessage(String pattern, String channel, String message) {
      var frame = message.substring(message.indexOf('\n') + 1);
      try {
        var json = JSON.readTree(frame);
        if (json.path("type").asText().matches("reply.completed|job.failed|job.cancelled")) {
          onFinal.accept(json.path("jobId").asText());
        }
      } catch (JsonProcessingException notOurs) {
        throw new IllegalStateException("a frame without JSON", notOurs);
      }
    }
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
