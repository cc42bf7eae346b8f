package dev.prosa.bench.chaos.faults;

/// How often a write of a worker to the table is broken, each 0 to 1.
///
/// @param throttled refused, because the table is too busy
/// @param conflicting refused, because of another transaction
/// @param lost applied, and never answered
public record AwsFaults(double throttled, double conflicting, double lost) {

  /// The table always answers.
  public static final AwsFaults NONE = new AwsFaults(0, 0, 0);
}
