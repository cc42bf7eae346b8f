package dev.prosa.worker.account;

import dev.prosa.core.limit.Quotas;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.ModelCall;
import java.util.function.Consumer;

/// What a worker keeps account of.
///
/// @param called takes every call to a model as it begins and again as it ends; must not block
/// @param ended takes every turn that is final, some of them several times, and every turn that was
///   erased while it was answered here; may take as long as a write to the stores
/// @param progress takes what happens to turns, as it happens; must not block
public record Books(Consumer<ModelCall> called, Consumer<Turn> ended, Consumer<Progress> progress) {

  /// Nothing is kept.
  public static final Books NONE = new Books(_ -> {}, _ -> {}, _ -> {});

  /// Calls are written down, what turns took is settled, and figures are kept of both.
  ///
  /// @param ledger tells what other workers asked for the same turn
  public static Books of(
      CallRecorder recorder, Quotas quotas, CallLedger ledger, FigureKeeper figures) {
    var settlement = new Settlement(quotas, ledger);
    return new Books(
        call -> {
          recorder.record(call);
          settlement.called(call);
          figures.called(call);
        },
        settlement::ended,
        figures::happened);
  }
}
