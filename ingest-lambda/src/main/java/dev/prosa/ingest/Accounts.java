package dev.prosa.ingest;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.core.usage.ModelCall;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the ledger for answers that are of use without it.
///
/// @param ledger what was asked of models
record Accounts(CallLedger ledger) {

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  /// The calls of a job; null when the ledger does not answer.
  @Nullable List<ModelCall> ofJob(JobId job) {
    return read(job, () -> ledger.ofJob(job));
  }

  /// The sum of a conversation; null when the ledger does not answer.
  @Nullable CallTotals ofConversation(ConversationId conversation) {
    return read(conversation, () -> ledger.ofConversation(conversation));
  }

  private static <T> @Nullable T read(Object id, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (StoreUnavailableException e) {
      LOG.warn("answering without the calls of {}: the ledger does not answer", id, e);
      return null;
    }
  }
}
