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

  /// Who connects.
  ///
  /// @param count of sockets in all
  /// @param receiveBuffer of each, in bytes; 0 for what is usual
  record Seats(List<OwnerId> users, int count, int receiveBuffer) {

    Seats {
      users = List.copyOf(users);
    }

    /// One socket for each user.
    static Seats single(List<OwnerId> users, int receiveBuffer) {
      return new Seats(users, users.size(), receiveBuffer);
    }

    private OwnerId user(int socket) {
      return users.get(socket % users.size());
    }
  }

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
  /// @param port where the server is, on 127.0.0.1
  /// @throws IllegalStateException when some cannot be connected
  static Crowd connect(LoadClient client, Contender contender, int port, Seats seats)
      throws InterruptedException {
    var ears = new Deliveries(seats.count(), contender.isWhole());
    var crowd = new Crowd(client, ears);
    var end = System.nanoTime() + ARRIVAL.toNanos();
    for (var number = 0; number < seats.count(); number++) {
      var fewEnough = number - ARRIVING;
      crowd.await(() -> ears.arrived() + ears.dropped() > fewEnough, end);
      crowd.open(Dial.asUser(port, seats.user(number)), number, seats.receiveBuffer());
    }
    crowd.await(() -> ears.arrived() + ears.dropped() >= seats.count(), end);
    if (ears.arrived() < seats.count()) {
      throw new IllegalStateException(
          "%s let in %d of %d sockets".formatted(contender.words(), ears.arrived(), seats.count()));
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
