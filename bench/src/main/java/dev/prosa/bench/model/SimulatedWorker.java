package dev.prosa.bench.model;

import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.provider.Price;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.worker.account.Books;
import dev.prosa.worker.consume.MessageHandler;
import dev.prosa.worker.llm.BreakerRules;
import dev.prosa.worker.llm.Offer;
import dev.prosa.worker.llm.ProviderChain;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.process.Workplace;
import dev.prosa.worker.sweep.Sweeping;
import java.time.Duration;
import java.util.List;

/// A worker: the real handlers, with a loop of tasks where the real one has threads.
final class SimulatedWorker {

  private static final int PERMITS = 3;
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);
  private static final Duration FIRST_SWEEP = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Proc proc;
  private final World world;
  private final Workplace workplace;
  private final PokeHandler handler;
  private final MessageHandler messages;
  private final JobQueue queue;
  private int busy;
  private boolean draining;

  SimulatedWorker(Proc proc, World world) {
    this.proc = proc;
    this.world = world;
    this.queue = world.reach().queue(proc);
    this.workplace =
        new Workplace(
            world.reach().database(proc),
            world.reach().contexts(proc),
            queue,
            world.reach().channel(proc),
            ProviderChain.of(
                List.of(new Offer(new SignedModel(proc, world), Price.FREE, 1_000)),
                BreakerRules.DEFAULT,
                proc),
            Prompts.NONE,
            Workplace.Rules.with(
                Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(120)),
            proc,
            Books.NONE);
    this.handler = PokeHandler.answering(workplace);
    this.messages = new MessageHandler(queue, handler);
  }

  void start() {
    ReplyChannel channel = workplace.channel();
    channel.onStop(handler::cancel);
    proc.start("poll", this::poll);
    if (!world.mutation().hasNoSweeper()) {
      proc.start("sweep", this::sweep);
    }
  }

  Proc proc() {
    return proc;
  }

  /// Gives everything back, and then is gone.
  void drain() {
    draining = true;
    handler.drain();
  }

  private void poll() {
    while (!(draining && busy == 0)) {
      try {
        var room = Math.min(PERMITS - busy, handler.room());
        var received = draining || room < 1 ? 0 : receive(room);
        world.pass(received > 0 ? Duration.ofMillis(1) : POLL);
      } catch (QueueUnavailableException e) {
        world.pass(PAUSE);
      }
    }
    world.drained(this);
  }

  private int receive(int room) {
    var received = queue.receive(room, Duration.ZERO);
    for (var message : received) {
      if (world.mutation() == Mutation.DELETE_AFTER_COMMIT) {
        queue.delete(message);
      }
      begin(message);
      if (proc.happens(world.weather().duplicate())) {
        world.duplicated(message);
      }
    }
    return received.size();
  }

  /// Serves a message beside what is served already.
  void begin(ReceivedPoke message) {
    busy++;
    proc.start(
        "serve",
        () -> {
          try {
            messages.handle(message);
          } finally {
            busy--;
          }
        });
  }

  private void sweep() {
    world.pass(FIRST_SWEEP);
    while (true) {
      try {
        Sweeping.once(workplace.endings(), queue, proc);
      } catch (RuntimeException e) {
        world.history().note("%s: the sweep broke off".formatted(proc.name()));
      }
      world.pass(SWEEP_EVERY);
    }
  }
}
