package dev.prosa.core.usage;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.util.Collection;
import java.util.List;

/// Keeps what was asked of models. Thread-safe.
///
/// Every method throws [StoreUnavailableException] when the store does not answer.
public interface CallLedger {

  /// Writes calls down; one with an id that is there already replaces it.
  ///
  /// @param calls in the order in which they happened; of two with the same id the later counts
  void record(Collection<ModelCall> calls);

  /// The calls of a job, in the order of their ids; may be empty.
  List<ModelCall> ofJob(JobId job);

  /// The sum of all calls of a conversation.
  CallTotals ofConversation(ConversationId conversation);
}
