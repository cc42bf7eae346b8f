package dev.prosa.worker.process;

import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.worker.account.Books;
import dev.prosa.worker.llm.ProviderChain;
import java.time.Duration;

/// What a worker works with.
///
/// @param database the truth
/// @param contexts a cache of it
/// @param queue for dead letters
/// @param channel to the browsers
/// @param providers what answers
/// @param prompts what it is told before the conversation
/// @param rules how long and how often
/// @param clock the time, and the threads beside the one that answers
/// @param books what is kept account of
public record Workplace(
    TurnDatabase database,
    ContextCache contexts,
    JobQueue queue,
    ReplyChannel channel,
    ProviderChain providers,
    Prompts prompts,
    Rules rules,
    Clockwork clock,
    Books books) {

  /// Single turns.
  TurnStore turns() {
    return database.turns();
  }

  /// What ends turns here.
  public Endings endings() {
    return new Endings(database, queue, channel, books);
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

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    /// 30 s lease, 10 s heartbeat, 4 attempts, and the given watchdogs.
    public static Rules with(Duration firstToken, Duration tokenGap, Duration total) {
      return new Rules(
          Duration.ofSeconds(30), Duration.ofSeconds(10), 4, firstToken, tokenGap, total);
    }

    /// The wait after a failure: 2, 4, 8, 16 and then 30 s. It is applied as the visibility timeout
    /// of the poke and, for an attempt, as `notBefore` of the turn, so it survives a crash of this
    /// worker.
    ///
    /// @param failed how often it failed so far; at least 1
    public static Duration backoff(int failed) {
      return failed > 4 ? LONGEST_BACKOFF : Duration.ofSeconds(1L << failed);
    }
  }
}
