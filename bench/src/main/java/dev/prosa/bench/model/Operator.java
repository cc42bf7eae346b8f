package dev.prosa.bench.model;

import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.redrive.Letters;
import dev.prosa.core.redrive.Redrive;
import dev.prosa.core.turn.StoreUnavailableException;
import java.time.Duration;

/// Somebody who redrives all dead letters there are, and may be cut off in the middle.
final class Operator {

  private static final int ALL = 100;
  private static final Duration HIDDEN = Duration.ofSeconds(30);

  private final Proc proc;
  private final World world;

  Operator(Proc proc, World world) {
    this.proc = proc;
    this.world = world;
  }

  void start() {
    proc.start("redrive", this::redriveAll);
  }

  private void redriveAll() {
    var reach = world.reach();
    var redrive =
        new Redrive(
            reach.database(proc).turns(),
            reach.queue(proc),
            reach.channel(proc),
            entry -> world.history().count("audit: " + entry.outcome()),
            World.TIME_TO_ANSWER);
    try (var letters = Letters.take(reach.deadLetters(proc), ALL, HIDDEN)) {
      for (var group : letters.groups()) {
        redrive.redrive(letters, group);
      }
    } catch (QueueUnavailableException | StoreUnavailableException e) {
      world.history().note("%s gives up: %s".formatted(proc.name(), e.getMessage()));
    }
  }
}
