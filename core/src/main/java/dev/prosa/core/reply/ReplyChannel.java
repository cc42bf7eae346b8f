package dev.prosa.core.reply;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.JobId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way from a worker to the gateways, and the live text on it. It may lose everything at any
/// time; whoever listens checks attempt and offset and asks for the rest. Thread-safe.
///
/// Every method throws [dev.prosa.core.runtime.CacheUnavailableException] when the channel does not
/// answer.
public interface ReplyChannel {

  /// Notes an event in the live text and sends it to the gateways that hold the owner's
  /// connections, in one step.
  PublishOutcome publish(OwnerId owner, ReplyEvent event);

  /// What the job has said so far; null when it has not begun, is final, or that was lost.
  @Nullable LiveReply snapshot(OwnerId owner, JobId job);

  /// Hears every event for the connections of one gateway, from when this method returns until the
  /// subscription is closed. It re-subscribes by itself; what was sent meanwhile is lost.
  Subscription subscribe(GatewayId gateway, Listener listener);

  /// Tells every worker that a job shall stop. The wish itself stands in the table; this only makes
  /// it quick.
  void requestStop(JobId job);

  /// Hears every [#requestStop], as [#subscribe] hears events.
  Subscription onStop(Consumer<JobId> listener);

  /// Takes what arrives. It must only hand over: a slow one is cut off by Redis.
  @FunctionalInterface
  interface Listener {

    /// Takes one frame.
    ///
    /// @param owner whose connections the frame is for
    /// @param frame one event as JSON
    /// @param sentAt when it was published, by the clock of whoever did; null when that is not
    ///   known
    void onFrame(OwnerId owner, String frame, @Nullable Instant sentAt);
  }

  /// Ends with [#close()].
  interface Subscription extends AutoCloseable {

    /// Whether events arrive at present.
    boolean isLive();

    @Override
    void close();
  }

  /// A channel in Redis.
  ///
  /// @param pool stays the caller's, who closes it
  static ReplyChannel redis(RedisPool pool, InstantSource clock) {
    return new RedisReplyChannel(pool, clock);
  }

  /// A channel in this process that delivers everything to everybody; for tests and simulations.
  static InMemoryReplyChannel inMemory() {
    return new InMemoryReplyChannel();
  }
}
