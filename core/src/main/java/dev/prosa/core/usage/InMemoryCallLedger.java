package dev.prosa.core.usage;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A ledger in this process.
final class InMemoryCallLedger implements CallLedger {

  private static final Comparator<ModelCall> BY_ID =
      Comparator.<ModelCall>comparingInt(call -> call.id().attempt())
          .thenComparingInt(call -> call.id().number());

  private final Map<ConversationId, Map<ModelCall.Id, ModelCall>> calls = new HashMap<>();

  @Override
  public synchronized void record(Collection<ModelCall> more) {
    for (var call : more) {
      calls
          .computeIfAbsent(call.id().job().conversation(), _ -> new HashMap<>())
          .put(call.id(), call);
    }
  }

  @Override
  public synchronized List<ModelCall> ofJob(JobId job) {
    return of(job.conversation()).stream()
        .filter(call -> call.id().job().equals(job))
        .sorted(BY_ID)
        .toList();
  }

  @Override
  public synchronized CallTotals ofConversation(ConversationId conversation) {
    return CallTotals.of(of(conversation));
  }

  @Override
  public synchronized boolean removeSome(ConversationId conversation) {
    calls.remove(conversation);
    return false;
  }

  private Collection<ModelCall> of(ConversationId conversation) {
    return Objects.requireNonNullElse(calls.get(conversation), Map.<ModelCall.Id, ModelCall>of())
        .values();
  }
}
