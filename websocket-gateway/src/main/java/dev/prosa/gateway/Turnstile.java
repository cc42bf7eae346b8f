package dev.prosa.gateway;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets few calls to Redis and the table run at once, so that thousands of clients that come back
/// together wait here, in turn, and not inside the connection pools, where they would time out.
final class Turnstile {

  /// Half of the connections of a `RedisPool`; the rest stays for who shares the pool.
  private static final int WIDTH = 16;

  private final Semaphore permits = new Semaphore(WIDTH, true);

  <T extends @Nullable Object> T call(Supplier<T> call) {
    permits.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      permits.release();
    }
  }
}
