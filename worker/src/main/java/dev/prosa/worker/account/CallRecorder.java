package dev.prosa.worker.account;

import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.ModelCall;

/// Takes calls as they begin and end, counts them, and has them written down by a task of its own.
/// Thread-safe.
///
/// A call waits at most 250 ms before it is written together with the others that wait, and as long
/// as the ledger does not answer. 10,000 may wait; then calls that only began are forgotten first,
/// the oldest ahead. A process that is killed loses what waits.
public sealed interface CallRecorder extends AutoCloseable permits BatchingCallRecorder {

  /// A recorder for which nothing waits yet.
  ///
  /// @param ledger stays the caller's
  /// @param metrics counts calls that ended, and those that could not be written down
  static CallRecorder open(CallLedger ledger, Metrics metrics, Clockwork clockwork) {
    return new BatchingCallRecorder(ledger, metrics, clockwork);
  }

  /// Takes a call; returns at once. Of two with the same id the later counts, so a call is given
  /// here when it begins and again when it has ended. After [#close] it is forgotten.
  void record(ModelCall call);

  /// Has what waits written down, and returns after 5 s at most; what waits still is forgotten
  /// then.
  @Override
  void close();
}
