package dev.prosa.core.figures;

import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Where workers tell what they did in the last minutes. Thread-safe.
///
/// Every method throws [dev.prosa.core.runtime.CacheUnavailableException] when it does not answer.
public interface FiguresBoard {

  /// How far back it reaches; also how long it keeps what a worker said that is gone.
  Duration WINDOW = Duration.ofMinutes(5);

  /// A worker that said nothing for so long is gone; every worker says something well before.
  Duration ALIVE = Duration.ofSeconds(15);

  /// Replaces what `worker` said before.
  ///
  /// @param worker names the process
  void post(String worker, WorkerFigures figures);

  /// What each worker said last that said something within [#WINDOW].
  List<Row> read();

  /// What one worker said.
  ///
  /// @param alive whether it said it within [#ALIVE]
  record Row(WorkerFigures figures, boolean alive) {}

  /// A board in Redis.
  ///
  /// @param pool stays the caller's, who closes it
  static FiguresBoard redis(RedisPool pool) {
    return new RedisFiguresBoard(pool);
  }

  /// A board in this process; for tests and simulations.
  static FiguresBoard inMemory(InstantSource clock) {
    return new InMemoryFiguresBoard(clock);
  }
}
