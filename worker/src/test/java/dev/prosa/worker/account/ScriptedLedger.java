package dev.prosa.worker.account;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.core.usage.ModelCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ledger that keeps its batches apart, and fails when it is told to. Thread-safe.
final class ScriptedLedger implements CallLedger {

  private final List<List<ModelCall>> batches = new ArrayList<>();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private Runnable whileWriting = () -> {};
  private boolean away;

  /// Lets the next writes fail, one each.
  synchronized void fail(RuntimeException failure, int times) {
    for (int i = 0; i < times; i++) {
      failures.add(failure);
    }
  }

  synchronized void fail(int times) {
    fail(new StoreUnavailableException("away", null), times);
  }

  /// Lets all writes fail, or none.
  synchronized void away(boolean isAway) {
    away = isAway;
  }

  /// Happens once, in the middle of the next write.
  synchronized void whileWriting(Runnable event) {
    whileWriting = event;
  }

  @Override
  public synchronized void record(Collection<ModelCall> calls) {
    var event = whileWriting;
    whileWriting = () -> {};
    event.run();
    @Nullable RuntimeException failure =
        away ? new StoreUnavailableException("away", null) : failures.poll();
    if (failure != null) {
      throw failure;
    }
    batches.add(List.copyOf(calls));
  }

  synchronized List<List<ModelCall>> batches() {
    return List.copyOf(batches);
  }

  synchronized List<ModelCall> written() {
    return batches.stream().flatMap(List::stream).toList();
  }

  @Override
  public List<ModelCall> ofJob(JobId job) {
    throw new UnsupportedOperationException("nobody reads here");
  }

  @Override
  public CallTotals ofConversation(ConversationId conversation) {
    throw new UnsupportedOperationException("nobody reads here");
  }

  @Override
  public boolean removeSome(ConversationId conversation) {
    throw new UnsupportedOperationException("nobody erases here");
  }
}
