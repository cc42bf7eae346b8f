package dev.prosa.core.turn;

/// What became of a heartbeat.
public enum Renewal {
  /// The lease is good for its full length again.
  HELD,
  /// The lease is good, and the owner of the turn asks to stop.
  CANCEL_REQUESTED,
  /// The turn is final or somebody else's; whatever the caller writes now is not wanted.
  LOST
}
