package dev.prosa.worker.process;

import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.worker.account.CallRecorder;
import dev.prosa.worker.llm.LanguageModel;
import java.time.Duration;

/// What a worker works with.
///
/// @param database the truth
/// @param contexts a cache of it
/// @param queue for dead letters
/// @param channel to the browsers
/// @param model what answers
/// @param calls takes what the model was asked and what that cost
/// @param rules how long and how often
/// @param clock the time, and the threads beside the one that answers
public record Workplace(
    TurnDatabase database,
    ContextCache contexts,
    JobQueue queue,
    ReplyChannel channel,
    LanguageModel model,
    CallRecorder calls,
    Rules rules,
    Clockwork clock) {

  /// Single turns.
  TurnStore turns() {
    return database.turns();
  }

  /// What ends turns here.
  public Endings endings() {
    return new Endings(database, queue, channel);
  }

  /// How long and how often.
  ///
  /// @param lease how long a claim holds without a heartbeat
  /// @param heartbeat how often a claim is renewed; a third of the lease, so that two may fail
  /// @param maxAttempts how often a turn is tried in all
  /// @param firstToken the longest wait for the first text of a reply
  /// @param tokenGap the longest pause between two pieces of text
  /// @param total the longest time for one attempt
  public record Rules(
      Duration lease,
      Duration heartbeat,
      int maxAttempts,
      Duration firstToken,
      Duration tokenGap,
      Duration total) {

    /// 30 s lease, 10 s heartbeat, 4 attempts, and the given watchdogs.
    public static Rules with(Duration firstToken, Duration tokenGap, Duration total) {
      return new Rules(
          Duration.ofSeconds(30), Duration.ofSeconds(10), 4, firstToken, tokenGap, total);
    }

    /// The wait after a failed attempt: 2, 4, 8 s. It is applied as the visibility timeout of the
    /// poke and as `notBefore` of the turn, so it survives a crash of this worker.
    ///
    /// @param spent attempts that failed so far; at least 1
    Duration backoff(int spent) {
      return Duration.ofSeconds(1L << spent);
    }
  }
}
