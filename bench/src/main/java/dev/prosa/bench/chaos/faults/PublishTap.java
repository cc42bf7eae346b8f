package dev.prosa.bench.chaos.faults;

import dev.prosa.core.runtime.RedisPool;
import java.util.function.Consumer;

/// Overhears the final events on their way to the browsers, until it is closed.
public sealed interface PublishTap extends AutoCloseable permits RedisTap {

  /// Begins to listen.
  ///
  /// @param onFinal hears the job of each final event
  static PublishTap open(RedisPool pool, Consumer<String> onFinal) {
    return new RedisTap(pool, onFinal);
  }

  @Override
  void close();
}
