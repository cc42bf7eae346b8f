package dev.prosa.bench.gateway;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Many sockets of users with two tabs each, that are idle first and then get deltas.
///
/// @param progress hears what happens
record FullHouse(Stable stable, Sizes sizes, Consumer<String> progress) {

  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// About as much as a worker gathers before it publishes.
  private static final int DELTA_LENGTH = 100;

  private static final int TABS = 2;

  /// Both, of one server.
  record Seen(Result.Idle idle, Result.Load load) {}

  Seen run(Contender contender) throws InterruptedException {
    try (var server = stable.start(contender);
        var client = LoadClient.start()) {
      var empty = server.heapBytes();
      var users = Crowd.users(server.id().value(), sizes.users());
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
        var streams = stable.streams(users, DELTA_LENGTH);
        var seen = new Seen(idle, load(server, crowd, streams));
        streams.forEach(JobStream::end);
        return seen;
      }
    }
  }

  private Result.Idle idle(ServerProcess server, Crowd crowd, long empty)
      throws InterruptedException {
    var full = server.heapBytes();
    return new Result.Idle(
        sizes.sockets(), empty, full, server.residentKib(), crowd.ears().dropped());
  }

  /// At half of the rate first, which shows what is due to a machine that is full.
  private Result.Load load(ServerProcess server, Crowd crowd, List<JobStream> streams)
      throws InterruptedException {
    var all = sizes.deliveries();
    var half = deltas(server, crowd, streams, all / 2, sizes.deltas().dividedBy(2));
    return new Result.Load(half, deltas(server, crowd, streams, all, sizes.deltas()));
  }

  private Result.Deltas deltas(
      ServerProcess server, Crowd crowd, List<JobStream> streams, int deliveries, Duration time)
      throws InterruptedException {
    var ears = crowd.ears();
    var late = new Latencies();
    try (var publisher = Publisher.start(streams, (double) deliveries / TABS)) {
      Thread.sleep(WARM_UP);
      ears.measure(late);
      var before = Cpu.now(server, stable.backends());
      var heardBefore = ears.heard();
      Thread.sleep(time);
      var heard = ears.heard() - heardBefore;
      var cpu = Cpu.now(server, stable.backends()).since(before);
      ears.pause();
      publisher.end();
      var lost = crowd.awaitAll(streams, PATIENCE);
      var times = Late.of(late);
      progress.accept(
          "%s: %,.0f of %,d deliveries a second, p99 %d ms late"
              .formatted(
                  server.contender().words(),
                  cpu.perSecond(heard),
                  deliveries,
                  times.p99().toMillis()));
      return new Result.Deltas(cpu.perSecond(heard), times, lost, publisher.refused(), cpu);
    }
  }
}
