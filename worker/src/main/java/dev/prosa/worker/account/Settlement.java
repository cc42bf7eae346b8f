package dev.prosa.worker.account;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.ModelCall;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what a turn took in the place of what was reserved for it, once the turn is final or gone.
/// Thread-safe.
///
/// The ledger is behind by a moment and does not always know the last call; this worker knows its
/// own.
final class Settlement {

  /// Jobs whose calls are remembered; far more than a worker answers at once. What is beyond is
  /// looked up in the ledger.
  static final int LIMIT = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final Quotas quotas;
  private final CallLedger ledger;
  private final Map<JobId, Map<ModelCall.Id, ModelCall>> own = new LinkedHashMap<>();

  Settlement(Quotas quotas, CallLedger ledger) {
    this.quotas = quotas;
    this.ledger = ledger;
  }

  synchronized void called(ModelCall call) {
    own.computeIfAbsent(call.id().job(), _ -> new HashMap<>()).put(call.id(), call);
    if (own.size() > LIMIT) {
      own.remove(own.keySet().iterator().next());
    }
  }

  void ended(Turn turn) {
    try {
      quotas.settle(turn.reservation(), () -> taken(turn));
    } catch (StoreUnavailableException e) {
      LOG.warn("what {} took is counted and not kept yet: {}", turn.job(), e.getMessage());
    } finally {
      forget(turn.job());
    }
  }

  private Amount taken(Turn turn) {
    var calls = calls(turn.job());
    var known = calls.keySet().stream().map(ModelCall.Id::attempt).distinct().count();
    if (known < turn.attempt()) {
      ledger.ofJob(turn.job()).forEach(call -> calls.putIfAbsent(call.id(), call));
    }
    return Amount.of(calls.values());
  }

  private synchronized Map<ModelCall.Id, ModelCall> calls(JobId job) {
    return new HashMap<>(Objects.requireNonNullElse(own.get(job), Map.of()));
  }

  private synchronized void forget(JobId job) {
    own.remove(job);
  }
}
