package dev.prosa.worker.account;

import dev.prosa.core.usage.ModelCall;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Calls in the order in which they came, each id once. They stay until they are known to be
/// written, so a write that fails changes nothing. Not thread-safe.
final class WaitingCalls {

  private final int limit;
  private final SequencedMap<ModelCall.Id, ModelCall> calls = new LinkedHashMap<>();
  private final SequencedSet<ModelCall.Id> started = new LinkedHashSet<>();

  /// @param limit how many may wait
  WaitingCalls(int limit) {
    this.limit = limit;
  }

  /// Adds a call in the place of the one with its id.
  ///
  /// @return whether another one had to go for it, or it could not stay itself
  boolean add(ModelCall call) {
    calls.put(call.id(), call);
    if (call.outcome() == ModelCall.Outcome.STARTED) {
      started.add(call.id());
    } else {
      started.remove(call.id());
    }
    if (calls.size() <= limit) {
      return false;
    }
    // what only began says the least: its cost is not known
    remove(started.isEmpty() ? calls.sequencedKeySet().getFirst() : started.getFirst());
    return true;
  }

  /// The oldest ones.
  List<ModelCall> first(int count) {
    return calls.values().stream().limit(count).toList();
  }

  /// Forgets calls, except those that were replaced meanwhile.
  void written(List<ModelCall> batch) {
    for (var call : batch) {
      if (call.equals(calls.get(call.id()))) {
        remove(call.id());
      }
    }
  }

  private void remove(ModelCall.Id id) {
    calls.remove(id);
    started.remove(id);
  }

  int size() {
    return calls.size();
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }
}
