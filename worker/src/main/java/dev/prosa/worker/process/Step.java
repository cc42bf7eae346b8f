package dev.prosa.worker.process;

import dev.prosa.core.turn.Turn;
import java.time.Duration;

/// How far one claim came.
sealed interface Step {

  /// The turn was ended here and now.
  record Ended(Turn turn) implements Step {}

  /// The turn had ended before, by other hands.
  record Over(Turn turn) implements Step {}

  /// The turn is open, and somebody has to look at it again.
  record Later(Duration delay) implements Step {}

  /// There is no such turn.
  record Gone() implements Step {}
}
