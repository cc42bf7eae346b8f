package dev.prosa.bench.gateway;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Many sockets of users with two tabs each, that are idle first and then get deltas.
///
/// @param progress hears what happens
record FullHouse(Stable stable, Sizes sizes, Consumer<String> progress) {

  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// About as much as a worker gathers before it publishes.
  private static final int DELTA_LENGTH = 100;

  private static final int TABS = 2;

  /// Both, of one server.
  record Seen(Result.Idle idle, Result.Deltas deltas) {}

  Seen run(Contender contender) throws InterruptedException {
    try (var server = stable.start(contender);
        var client = LoadClient.start()) {
      var empty = server.heapBytes();
      var users = Crowd.users("tabs-" + contender, sizes.users());
      progress.accept(
          "%s: %,d sockets, then idle for %d s"
              .formatted(contender.words(), sizes.sockets(), sizes.hold().toSeconds()));
      try (var _ = stable.register(server, users, TABS)) {
        var crowd =
            Crowd.connect(
                client, contender, server.port(), new Crowd.Seats(users, sizes.sockets(), 0));
        Thread.sleep(sizes.hold());
        client.check();
        var idle = idle(server, crowd, empty);
        return new Seen(idle, deltas(server, crowd, stable.streams(users, DELTA_LENGTH)));
      }
    }
  }

  private Result.Idle idle(ServerProcess server, Crowd crowd, long empty)
      throws InterruptedException {
    var full = server.heapBytes();
    return new Result.Idle(
        sizes.sockets(), empty, full, server.residentKib(), crowd.ears().dropped());
  }

  private Result.Deltas deltas(ServerProcess server, Crowd crowd, List<JobStream> streams)
      throws InterruptedException {
    progress.accept(
        "%s: %,d deliveries a second for %d s after a warm-up"
            .formatted(server.contender().words(), sizes.deliveries(), sizes.deltas().toSeconds()));
    var late = new Latencies();
    try (var publisher = Publisher.start(streams, (double) sizes.deliveries() / TABS)) {
      Thread.sleep(WARM_UP);
      crowd.ears().measure(late);
      var before = Cpu.now(server, stable.backends());
      var heardBefore = crowd.ears().heard();
      Thread.sleep(sizes.deltas());
      var heard = crowd.ears().heard() - heardBefore;
      var cpu = Cpu.now(server, stable.backends()).since(before);
      crowd.ears().pause();
      publisher.end();
      var lost = crowd.awaitAll(streams, PATIENCE);
      var seen =
          new Result.Deltas(cpu.perSecond(heard), Late.of(late), lost, publisher.refused(), cpu);
      progress.accept(
          "%s: %,.0f a second, late p99 %d ms"
              .formatted(
                  server.contender().words(), seen.perSecond(), seen.late().p99().toMillis()));
      return seen;
    }
  }
}
