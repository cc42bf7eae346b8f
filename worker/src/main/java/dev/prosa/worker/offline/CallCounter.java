package dev.prosa.worker.offline;

import java.util.LinkedHashMap;
import java.util.Map;

/// Counts the calls of each conversation, so that a fault can end after some of them.
///
/// It remembers the 1,000 conversations called last. Thread-safe.
final class CallCounter {

  private static final int LIMIT = 1_000;

  private final Map<String, Integer> calls =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > LIMIT;
        }
      };

  /// Counts one more call and returns how many there were, this one included.
  synchronized int next(String fingerprint) {
    var call = calls.getOrDefault(fingerprint, 0) + 1;
    calls.put(fingerprint, call);
    return call;
  }

  /// Starts to count that conversation afresh, so that a fault can be shown again.
  synchronized void forget(String fingerprint) {
    calls.remove(fingerprint);
  }

  synchronized int size() {
    return calls.size();
  }
}
