package dev.prosa.bench.gateway;

import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Sockets of many users at one server; socket n is of user n modulo their number.
final class Crowd {

  /// Handshakes under way at once: fewer than the 50 that `listen` of the libraries lets wait.
  private static final int ARRIVING = 32;

  private static final Duration ARRIVAL = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final LoadClient client;
  private final Deliveries ears;
  private final List<LoadSocket> sockets = new ArrayList<>();

  private Crowd(LoadClient client, Deliveries ears) {
    this.client = client;
    this.ears = ears;
  }

  /// Names of users that nobody else has.
  static List<OwnerId> users(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> new OwnerId(prefix + "-" + i)).toList();
  }

  /// Connects them all.
  ///
  /// @param count of sockets
  /// @param receiveBuffer of each, in bytes; 0 for what is usual
  /// @throws IllegalStateException when some cannot be connected
  static Crowd connect(
      LoadClient client, ServerProcess server, List<OwnerId> users, int count, int receiveBuffer)
      throws InterruptedException {
    var ears = new Deliveries(count, server.contender().isWhole());
    var crowd = new Crowd(client, ears);
    var end = System.nanoTime() + ARRIVAL.toNanos();
    for (var number = 0; number < count; number++) {
      var fewEnough = number - ARRIVING;
      crowd.await(() -> ears.arrived() + ears.dropped() > fewEnough, end);
      var dial = Dial.asUser(server.port(), users.get(number % users.size()));
      crowd.open(dial, number, receiveBuffer);
    }
    crowd.await(() -> ears.arrived() + ears.dropped() >= count, end);
    if (ears.arrived() < count) {
      throw new IllegalStateException(
          "%s let in %d of %d sockets"
              .formatted(server.contender().words(), ears.arrived(), count));
    }
    return crowd;
  }

  private void open(Dial dial, int number, int receiveBuffer) {
    client.execute(() -> sockets.add(client.open(dial, ears, number, receiveBuffer)));
  }

  /// Waits for something, which may not come.
  private void await(BooleanSupplier condition, long endNanos) throws InterruptedException {
    while (!condition.getAsBoolean() && System.nanoTime() < endNanos) {
      client.check();
      Thread.sleep(PAUSE);
    }
  }

  Deliveries ears() {
    return ears;
  }

  /// Waits until every delta has come that was published, at most for `patience`.
  ///
  /// @return how many are missing, each counted once a socket
  int awaitAll(List<JobStream> streams, Duration patience) throws InterruptedException {
    await(() -> ears.missing(streams) == 0, System.nanoTime() + patience.toNanos());
    return ears.missing(streams);
  }

  /// All of them stop reading, or go on.
  void read(boolean reading) {
    client.execute(() -> sockets.forEach(socket -> client.read(socket, reading)));
  }
}
