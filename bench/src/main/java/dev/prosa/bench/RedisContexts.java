package dev.prosa.bench;

import dev.prosa.core.runtime.RedisPool;
import java.net.URI;

/// Takes the contexts of conversations out of Redis, so that the worker has to read DynamoDB.
final class RedisContexts implements AutoCloseable {

  private final RedisPool pool;

  RedisContexts(URI redis) {
    this.pool = RedisPool.open(redis);
  }

  /// Forgets one, as an expiry or a `FLUSHALL` does.
  ///
  /// @throws IllegalStateException when there was none, so that nothing would be measured
  void forget(String conversation) {
    var forgotten = pool.call(redis -> redis.del("context:" + conversation));
    if (forgotten != 1) {
      throw new IllegalStateException("there was no context of " + conversation + " in Redis");
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
