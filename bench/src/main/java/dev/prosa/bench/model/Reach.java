package dev.prosa.bench.model;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationStore;
import dev.prosa.core.turn.Erasures;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.OpenTurns;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a process reaches the servers: through the network, with the time limits of the adapters.
final class Reach {

  private static final Network.Server TABLE =
      new Network.Server(
          "table", Duration.ofSeconds(1), m -> new StoreUnavailableException(m, silence()));

  private static final Network.Server QUEUE =
      new Network.Server(
          "queue", Duration.ofSeconds(2), m -> new QueueUnavailableException(m, silence()));

  static final Network.Server REDIS =
      new Network.Server(
          "redis", Duration.ofMillis(500), m -> new CacheUnavailableException(m, silence()));

  private final Kernel kernel;
  private final Network network;
  private final Truth truth;

  Reach(Kernel kernel, Network network, Truth truth) {
    this.kernel = kernel;
    this.network = network;
    this.truth = truth;
  }

  private static RuntimeException silence() {
    return new IllegalStateException("silence");
  }

  TurnDatabase database(Proc proc) {
    var database = truth.database();
    return new TurnDatabase(
        network.port(TurnStore.class, proc, TABLE, database::turns),
        network.port(ConversationStore.class, proc, TABLE, database::conversations),
        network.port(OpenTurns.class, proc, TABLE, database::open),
        network.port(Erasures.class, proc, TABLE, database::erasures));
  }

  JobQueue queue(Proc proc) {
    return network.port(JobQueue.class, proc, QUEUE, truth::queue);
  }

  DeadLetterQueue deadLetters(Proc proc) {
    return network.port(DeadLetterQueue.class, proc, QUEUE, () -> truth.queue().deadLetterQueue());
  }

  ContextCache contexts(Proc proc) {
    return network.port(ContextCache.class, proc, REDIS, truth::contexts);
  }

  ConnectionRegistry connections(Proc proc) {
    return network.port(ConnectionRegistry.class, proc, REDIS, truth::connections);
  }

  TicketOffice tickets(Proc proc) {
    return network.port(TicketOffice.class, proc, REDIS, truth::tickets);
  }

  ReplyChannel channel(Proc proc) {
    return new Distant(proc, network.port(ReplyChannel.class, proc, REDIS, truth::channel));
  }

  /// What is said arrives a moment later, in order, and not at all while the listener is deaf.
  private final class Distant implements ReplyChannel {

    private final Proc proc;
    private final ReplyChannel network;
    private long lastNanos;

    Distant(Proc proc, ReplyChannel network) {
      this.proc = proc;
      this.network = network;
    }

    private void arrive(Runnable what) {
      lastNanos = Math.max(lastNanos + 1, kernel.nowNanos() + Network.delay(proc.random()));
      kernel.after(
          lastNanos - kernel.nowNanos(),
          proc,
          () -> {
            if (!proc.isDeaf()) {
              what.run();
            }
          });
    }

    @Override
    public PublishOutcome publish(OwnerId owner, ReplyEvent event) {
      return network.publish(owner, event);
    }

    @Override
    public @Nullable LiveReply snapshot(OwnerId owner, JobId job) {
      return network.snapshot(owner, job);
    }

    @Override
    public Subscription subscribe(GatewayId gateway, Listener listener) {
      return truth
          .channel()
          .subscribe(
              gateway, (owner, frame, at) -> arrive(() -> listener.onFrame(owner, frame, at)));
    }

    @Override
    public void requestStop(JobId job) {
      network.requestStop(job);
    }

    @Override
    public Subscription onStop(Consumer<JobId> listener) {
      return truth.channel().onStop(job -> arrive(() -> listener.accept(job)));
    }
  }
}
