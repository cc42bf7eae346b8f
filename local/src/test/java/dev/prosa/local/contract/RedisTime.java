package dev.prosa.local.contract;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.RedisClient;

/// Makes the keys of Redis grow older, which otherwise only real time does. What goes by in real
/// time meanwhile does not count, as long as it is less than 5 s from one call to the next.
final class RedisTime {

  /// The lives of keys are multiples of it.
  private static final long STEP_MILLIS = 5_000;

  /// A key stays as long as a test may need to look at it.
  private static final long LEAST_MILLIS = 60_000;

  /// Of keys that were made older, as long as nobody has given them a new life.
  private static final Map<String, Life> LIVES = new ConcurrentHashMap<>();

  private RedisTime() {}

  /// @param endsAt what Redis has for its end, in milliseconds of the epoch
  /// @param leftMillis what it has left for those who test
  private record Life(long endsAt, long leftMillis) {}

  /// Every key has less time left; one that has none left is gone. One that never ends stays.
  static void pass(Duration time) {
    try (var redis = RedisClient.create(Servers.redis())) {
      for (var key : redis.keys("*")) {
        var endsAt = redis.pexpireTime(key);
        if (endsAt >= 0) {
          age(redis, key, leftMillis(redis, key, endsAt) - time.toMillis());
        }
      }
    }
  }

  private static void age(RedisClient redis, String key, long leftMillis) {
    if (leftMillis > 0) {
      redis.pexpire(key, Math.max(leftMillis, LEAST_MILLIS));
      LIVES.put(key, new Life(redis.pexpireTime(key), leftMillis));
    } else {
      redis.del(key);
    }
  }

  private static long leftMillis(RedisClient redis, String key, long endsAt) {
    var known = LIVES.get(key);
    if (known != null && known.endsAt() == endsAt) {
      return known.leftMillis();
    }
    return Math.ceilDiv(redis.pttl(key), STEP_MILLIS) * STEP_MILLIS;
  }
}
