package dev.prosa.bench.chaos.faults;

import java.util.Locale;

/// Where in its work a worker is killed.
public enum KillPoint {
  /// It is about to claim a turn.
  BEFORE_CLAIM,
  /// The claim is in the table, and the worker does not know it yet.
  AFTER_CLAIM,
  /// Half of the reply has come.
  MID_STREAM,
  /// It is about to end the turn.
  BEFORE_COMMIT,
  /// The turn is ended, and the worker does not know it yet.
  AFTER_COMMIT,
  /// The final event is out.
  AFTER_PUBLISH,
  /// It is about to delete the poke.
  BEFORE_DELETE;

  /// For people and the journal.
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
