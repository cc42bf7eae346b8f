package dev.prosa.bench.gateway;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;

/// The reply of one job of one user, delta by delta, as a worker publishes it. One thread
/// publishes.
final class JobStream {

  /// A longer text begins a new attempt, so that Redis need not keep all that is published here.
  private static final int LONGEST_TEXT = 64 * 1024;

  private final ReplyChannel channel;
  private final OwnerId owner;
  private final JobId job = new JobId(ConversationId.create(), 1);
  private final int deltaLength;
  private volatile int count;
  private int attempt = 1;
  private int offset;

  /// @param deltaLength of each delta in UTF-16 units, 26 or more
  JobStream(ReplyChannel channel, OwnerId owner, int deltaLength) {
    this.channel = channel;
    this.owner = owner;
    this.deltaLength = deltaLength;
  }

  OwnerId owner() {
    return owner;
  }

  /// How many deltas were published. Any thread may ask.
  int count() {
    return count;
  }

  /// Publishes the next delta.
  ///
  /// @param dueNanos when it should have been published
  /// @return false when Redis does not take it; it is then tried again as the next one
  boolean publish(long dueNanos) {
    var text = new Mark(count, dueNanos).text(deltaLength);
    var delta = new ReplyEvent.ReplyDelta(job, attempt, offset, text);
    try {
      if (channel.publish(owner, delta) instanceof PublishOutcome.Published) {
        advance();
        return true;
      }
      beginAttempt(); // Redis has lost what came before
      return false;
    } catch (CacheUnavailableException late) {
      return false;
    }
  }

  /// Ends the job, so that Redis has room for what is measured next.
  ///
  /// @return false when Redis does not take it, and forgets the text a quarter of an hour later
  boolean end() {
    try {
      return channel.publish(owner, new ReplyEvent.JobCancelled(job, attempt, ""))
          instanceof PublishOutcome.Published;
    } catch (CacheUnavailableException late) {
      return false;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void advance() {
    count++;
    offset += deltaLength;
    if (offset + deltaLength > LONGEST_TEXT) {
      beginAttempt();
    }
  }

  private void beginAttempt() {
    attempt++;
    offset = 0;
  }
}
