package dev.prosa.bench.model;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A channel that notes and sends what any attempt says, as it comes.
final class UnfencedChannel implements ReplyChannel {

  private final ReplyChannel stops;
  private final Map<JobId, LiveReply> live = new HashMap<>();
  private final List<Listener> listeners = new ArrayList<>();

  /// @param stops carries the wishes to stop
  UnfencedChannel(ReplyChannel stops) {
    this.stops = stops;
  }

  @Override
  public PublishOutcome publish(OwnerId owner, ReplyEvent event) {
    switch (event) {
      case ReplyEvent.ReplyStarted started ->
          live.put(started.jobId(), new LiveReply(started.attempt(), ""));
      case ReplyEvent.ReplyDelta delta -> live.merge(delta.jobId(), of(delta), (a, b) -> add(a, b));
      case ReplyEvent.ReplyCompleted _, ReplyEvent.JobFailed _, ReplyEvent.JobCancelled _ ->
          live.remove(event.jobId());
      case ReplyEvent.JobWaiting _ -> {}
    }
    listeners.forEach(l -> l.onFrame(owner, event.toJson(), null));
    return new PublishOutcome.Published(listeners.size());
  }

  private static LiveReply of(ReplyEvent.ReplyDelta delta) {
    return new LiveReply(delta.attempt(), delta.text());
  }

  private static LiveReply add(LiveReply known, LiveReply delta) {
    return new LiveReply(delta.attempt(), known.text() + delta.text());
  }

  @Override
  public @Nullable LiveReply snapshot(OwnerId owner, JobId job) {
    return live.get(job);
  }

  @Override
  public Subscription subscribe(GatewayId gateway, Listener listener) {
    listeners.add(listener);
    return stops.subscribe(gateway, listener);
  }

  @Override
  public void requestStop(JobId job) {
    stops.requestStop(job);
  }

  @Override
  public Subscription onStop(Consumer<JobId> listener) {
    return stops.onStop(listener);
  }
}
