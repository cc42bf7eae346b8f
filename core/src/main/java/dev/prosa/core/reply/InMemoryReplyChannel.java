package dev.prosa.core.reply;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.JobId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A channel in this process that delivers everything to everybody. Thread-safe.
///
/// Listeners are called under its one lock, so that they hear events in the order in which these
/// were noted, as with the script in Redis.
public final class InMemoryReplyChannel implements ReplyChannel {

  private final Map<JobId, Live> live = new HashMap<>();
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();

  private final CopyOnWriteArrayList<Consumer<JobId>> stopListeners = new CopyOnWriteArrayList<>();

  InMemoryReplyChannel() {}

  private record Live(OwnerId owner, int attempt, String text, boolean isFinal) {}

  /// Forgets every live text, as `FLUSHALL` does; who listens goes on listening.
  public synchronized void flush() {
    live.clear();
  }

  @Override
  public synchronized PublishOutcome publish(OwnerId owner, ReplyEvent event) {
    var refused = note(owner, event);
    if (refused != null) {
      return refused;
    }
    listeners.forEach(l -> l.onFrame(owner, event.toJson(), null));
    return new PublishOutcome.Published(listeners.size());
  }

  private @Nullable PublishOutcome note(OwnerId owner, ReplyEvent event) {
    var now = live.getOrDefault(event.jobId(), new Live(owner, 0, "", false));
    return switch (event) {
      case ReplyEvent.JobWaiting _ -> null;
      case ReplyEvent.ReplyStarted started ->
          append(now, started.jobId(), started.attempt(), 0, "");
      case ReplyEvent.ReplyDelta delta ->
          append(now, delta.jobId(), delta.attempt(), delta.offset(), delta.text());
      case ReplyEvent.ReplyCompleted _, ReplyEvent.JobFailed _, ReplyEvent.JobCancelled _ ->
          seal(now, event.jobId(), event.attempt());
    };
  }

  private @Nullable PublishOutcome append(
      Live now, JobId job, int attempt, int offset, String text) {
    if (attempt < now.attempt() || (now.isFinal() && attempt == now.attempt())) {
      return new PublishOutcome.Fenced();
    }
    var known = attempt > now.attempt() ? "" : now.text();
    live.put(job, new Live(now.owner(), attempt, known, false));
    if (offset > known.length()) {
      return new PublishOutcome.Gap(known.length());
    }
    if (offset == known.length()) {
      live.put(job, new Live(now.owner(), attempt, known + text, false));
    }
    return null;
  }

  private @Nullable PublishOutcome seal(Live now, JobId job, int attempt) {
    if (attempt < now.attempt()) {
      return new PublishOutcome.Fenced();
    }
    live.put(job, new Live(now.owner(), attempt, "", true));
    return null;
  }

  @Override
  public synchronized @Nullable LiveReply snapshot(OwnerId owner, JobId job) {
    var now = live.get(job);
    return now == null || now.isFinal() || !now.owner().equals(owner)
        ? null
        : new LiveReply(now.attempt(), now.text());
  }

  @Override
  public Subscription subscribe(GatewayId gateway, Listener listener) {
    return subscribed(listeners, listener);
  }

  @Override
  public void requestStop(JobId job) {
    stopListeners.forEach(l -> l.accept(job));
  }

  @Override
  public Subscription onStop(Consumer<JobId> listener) {
    return subscribed(stopListeners, listener);
  }

  private static <T> Subscription subscribed(List<T> all, T listener) {
    all.add(listener);
    return new Subscription() {
      @Override
      public boolean isLive() {
        return all.contains(listener);
      }

      @Override
      public void close() {
        all.remove(listener);
      }
    };
  }
}
