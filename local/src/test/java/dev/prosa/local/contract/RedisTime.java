package dev.prosa.local.contract;

import java.time.Duration;
import redis.clients.jedis.RedisClient;

/// Makes the keys of Redis grow older, which otherwise only real time does.
final class RedisTime {

  private RedisTime() {}

  /// Every key has less time left; one that has none left is gone.
  static void pass(Duration time) {
    try (var redis = RedisClient.create(Servers.redis())) {
      for (var key : redis.keys("*")) {
        var left = redis.pttl(key) - time.toMillis();
        if (left > 0) {
          redis.pexpire(key, left);
        } else {
          redis.del(key);
        }
      }
    }
  }
}
