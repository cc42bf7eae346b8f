package dev.prosa.bench.model;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.queue.InMemoryJobQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.reply.InMemoryReplyChannel;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.TurnDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The servers of one world: the table, the queue, and Redis. Time is that of whoever calls,
/// because conditions are made of the caller's clock; queue and tickets go by their server's.
final class Truth {

  private static final int ALL = 1_000;

  private final InMemoryReplyChannel live = ReplyChannel.inMemory();
  private final ReplyChannel channel;
  private final TurnDatabase raw;
  private final TurnDatabase database;
  private final InMemoryJobQueue queue;
  private final InstantSource callers;
  private final InstantSource real;
  private final Mutation mutation;
  private Duration ahead = Duration.ZERO;
  private ContextCache contexts;
  private ConnectionRegistry connections;
  private TicketOffice tickets;

  Truth(Kernel kernel, Mutation mutation, History history) {
    this.real = () -> Proc.EPOCH.plusNanos(kernel.nowNanos());
    this.callers = () -> callersTime(real).plus(ahead);
    this.mutation = mutation;
    this.raw = TurnDatabase.inMemory(callers);
    var turns = new MutatedTurns(raw.turns(), mutation);
    this.database =
        new TurnDatabase(
            new WatchedTurns(turns, history), raw.conversations(), raw.open(), raw.erasures());
    this.queue = JobQueue.inMemory(real, SqsQueues.VISIBILITY_TIMEOUT);
    this.channel = mutation == Mutation.ATTEMPT_FENCE ? new UnfencedChannel(live) : live;
    this.contexts = newContexts();
    this.connections = ConnectionRegistry.inMemory(callers);
    this.tickets = TicketOffice.inMemory(real);
  }

  private static Instant callersTime(InstantSource real) {
    var task = Kernel.current();
    return task == null ? real.instant() : task.proc().instant();
  }

  /// What is in the index of open turns, whenever it is due.
  List<JobId> overdueInTheEnd() {
    ahead = Duration.ofDays(1);
    return raw.open().overdue(ALL);
  }

  private ContextCache newContexts() {
    return mutation == Mutation.OLDEST_FIRST ? new CarelessContexts() : ContextCache.inMemory();
  }

  TurnDatabase database() {
    return database;
  }

  InMemoryJobQueue queue() {
    return queue;
  }

  ReplyChannel channel() {
    return channel;
  }

  ContextCache contexts() {
    return contexts;
  }

  ConnectionRegistry connections() {
    return connections;
  }

  TicketOffice tickets() {
    return tickets;
  }

  /// Redis forgets everything, as after `FLUSHALL`.
  void flushRedis() {
    live.flush();
    contexts = newContexts();
    connections = ConnectionRegistry.inMemory(callers);
    tickets = TicketOffice.inMemory(real);
  }
}
