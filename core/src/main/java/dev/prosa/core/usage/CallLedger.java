package dev.prosa.core.usage;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import java.util.Collection;
import java.util.List;

/// Keeps what was asked of models. Thread-safe.
///
/// Every method throws [dev.prosa.core.turn.StoreUnavailableException] when the store does not
/// answer.
public interface CallLedger {

  /// The ledger in DynamoDB, beside the turns.
  ///
  /// @param table stays the caller's, who closes it
  static CallLedger dynamoDb(DynamoDbTable table) {
    return new DynamoDbCallLedger(table);
  }

  /// A ledger in this process that forgets everything with it; for tests and simulations.
  static CallLedger inMemory() {
    return new InMemoryCallLedger();
  }

  /// Writes calls down; one with an id that is there already replaces it. When it throws, some of
  /// them may be there. Times are kept to the millisecond, or more exactly.
  ///
  /// @param calls in the order in which they happened; of two with the same id the later counts
  void record(Collection<ModelCall> calls);

  /// The calls of a job, in the order of their ids; may be empty.
  List<ModelCall> ofJob(JobId job);

  /// The sum of all calls of a conversation.
  CallTotals ofConversation(ConversationId conversation);

  /// Deletes calls of a conversation, at most 100.
  ///
  /// @return whether more may be left
  boolean removeSome(ConversationId conversation);
}
