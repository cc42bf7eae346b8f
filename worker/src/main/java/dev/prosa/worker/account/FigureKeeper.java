package dev.prosa.worker.account;

import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.usage.ModelCall;
import java.time.Duration;

/// Counts what this worker did in the last minutes, and tells it to the board: when something
/// changed, but not more often than once a second, and otherwise every few seconds. Thread-safe;
/// whoever tells it something never waits for the board.
public sealed interface FigureKeeper extends AutoCloseable permits PostingFigureKeeper {

  /// Begins to count.
  ///
  /// @param worker names this process
  /// @param timeToAnswer for how long turns may stay open
  static FigureKeeper start(
      FiguresBoard board, String worker, Duration timeToAnswer, Clockwork clockwork) {
    var keeper = new PostingFigureKeeper(board, worker, timeToAnswer, clockwork);
    clockwork.start("figures", keeper::post);
    return keeper;
  }

  /// Takes a call to a model when it has ended; one that only began counts nothing.
  void called(ModelCall call);

  /// Takes what happens to a turn.
  void happened(Progress progress);

  /// Says nothing more; the board forgets by itself.
  @Override
  void close();
}
