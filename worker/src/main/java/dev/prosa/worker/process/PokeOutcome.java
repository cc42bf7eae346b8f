package dev.prosa.worker.process;

import java.time.Duration;

/// What shall become of a poke.
public sealed interface PokeOutcome {

  /// Its job is final: delete it.
  record Done() implements PokeOutcome {}

  /// Its job is open: hand it back.
  ///
  /// @param delay until it shall be visible again; zero for at once
  record RetryLater(Duration delay) implements PokeOutcome {}
}
