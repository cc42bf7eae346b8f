package dev.prosa.core.erase;

/// What became of an erasure.
public enum ErasureOutcome {
  /// The owner has no such conversation, or not any more.
  UNKNOWN,
  /// Nobody can see the conversation any more; a worker's sweeper deletes what is left of it.
  BEGUN,
  /// Nothing is left but the tombstone.
  DONE
}
