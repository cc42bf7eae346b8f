package dev.prosa.bench.chaos.faults;

import java.util.Random;

/// How one call of the model goes wrong.
public enum ModelFault {
  /// It does not.
  NONE,
  /// Status 500.
  ERROR,
  /// Status 429.
  BUSY,
  /// The stream ends cleanly in the middle.
  CUT,
  /// The connection breaks in the middle.
  BROKEN,
  /// Nothing more comes in the middle.
  STALLED,
  /// A page instead of a stream.
  GARBAGE,
  /// The model is away.
  DOWN,
  /// Whoever asks this question is killed.
  POISON;

  private static final ModelFault[] DICE = {ERROR, BUSY, CUT, BROKEN, STALLED, GARBAGE};

  /// The fault of a call: always the same for the same seed, question and call.
  ///
  /// @param rate how many calls go wrong, 0 to 1
  static ModelFault of(long seed, int question, int call, double rate) {
    var dice = new Random(seed * 1_000_003 + question * 101L + call);
    dice.nextInt(); // the first number after close seeds is close, too
    return dice.nextDouble() < rate ? DICE[dice.nextInt(DICE.length)] : NONE;
  }
}
