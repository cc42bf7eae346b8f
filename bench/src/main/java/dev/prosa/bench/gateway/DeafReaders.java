package dev.prosa.bench.gateway;

import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Readers that never read are flooded, and others beside them get deltas meanwhile.
///
/// @param progress hears what happens
record DeafReaders(Stable stable, Sizes.Crowds sizes, Consumer<String> progress) {

  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration ALONE = Duration.ofSeconds(10);
  private static final Duration SETTLING = Duration.ofMillis(200);

  /// A gateway that closes a reader gives it 5 s to read why.
  private static final Duration GOODBYE = Duration.ofSeconds(7);

  /// Long enough to read what the system has kept for a reader.
  private static final Duration READING = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int RECEIVE_BUFFER = 4096;
  private static final int DELTA_LENGTH = 100;

  /// Each of the others gets so many deltas a second.
  private static final int PER_SECOND = 1;

  /// A flood has 128 deltas of 32 KiB for each reader: 4 MiB, of which Linux itself keeps up to 3
  /// on a loopback socket, and the server has to do something about the rest.
  private static final int FLOOD_LENGTH = 32 * 1024;

  private static final int WAVES = 32;
  private static final int DELTAS_A_WAVE = 4;
  private static final double FLOOD_PER_SECOND = 1_000;

  /// So many waves are sent while all of them read, to know what the flood itself costs.
  private static final int HARMLESS_WAVES = 8;

  /// Linux keeps so many; nothing grows before.
  private static final int SWALLOWED_WAVES = 14;

  /// Who is connected.
  private record Guests(Crowd others, Crowd deaf, List<JobStream> talks, List<JobStream> floods) {}

  Result.Deaf run(Contender contender) throws InterruptedException {
    progress.accept(
        "%s: %,d readers, and %d that never read"
            .formatted(contender.words(), sizes.others(), sizes.deaf()));
    try (var server = stable.start(contender);
        var client = LoadClient.start()) {
      var others = Crowd.users("others-" + server.id(), sizes.others());
      var deaf = Crowd.users("deaf-" + server.id(), sizes.deaf());
      try (var _ = stable.register(server, both(others, deaf), 1)) {
        var guests =
            new Guests(
                Crowd.connect(client, contender, server.port(), Crowd.Seats.single(others, 0)),
                Crowd.connect(
                    client, contender, server.port(), Crowd.Seats.single(deaf, RECEIVE_BUFFER)),
                stable.streams(others, DELTA_LENGTH),
                stable.streams(deaf, FLOOD_LENGTH));
        var seen = measure(server, guests);
        guests.talks().forEach(JobStream::end);
        guests.floods().forEach(JobStream::end);
        return seen;
      }
    }
  }

  private static List<OwnerId> both(List<OwnerId> some, List<OwnerId> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private Result.Deaf measure(ServerProcess server, Guests guests) throws InterruptedException {
    var ears = guests.others().ears();
    var alone = new Latencies();
    var flooded = new Latencies();
    var beside = new Latencies();
    try (var publisher = Publisher.start(guests.talks(), sizes.others() * PER_SECOND)) {
      Thread.sleep(WARM_UP);
      ears.measure(alone);
      Thread.sleep(ALONE);
      ears.pause();
      for (var wave = 0; wave < HARMLESS_WAVES; wave++) {
        send(guests, flooded);
      }
      guests.deaf().read(false);
      var growth = flood(server, guests, beside);
      Thread.sleep(GOODBYE);
      guests.deaf().read(true);
      Thread.sleep(READING);
      var closed = guests.deaf().ears().dropped();
      publisher.end();
      var lost = guests.others().awaitAll(guests.talks(), PATIENCE);
      var late = new Result.Beside(Late.of(alone), Late.of(flooded), Late.of(beside));
      return new Result.Deaf(late, lost, growth, closed);
    }
  }

  /// @return the bytes by which the heap grew, at most; -1 when the server ended
  private long flood(ServerProcess server, Guests guests, Latencies beside)
      throws InterruptedException {
    try {
      var before = server.heapBytes();
      var most = before;
      for (var wave = 0; wave < WAVES; wave++) {
        send(guests, beside);
        if (wave >= SWALLOWED_WAVES) {
          most = Math.max(most, server.heapBytes());
        }
      }
      return most - before;
    } catch (IllegalStateException e) {
      if (server.isAlive()) {
        throw e;
      }
      progress.accept(server.contender().words() + " ran out of memory");
      return -1;
    }
  }

  /// Sends a wave, and measures the others while it comes. What follows may stop the server, so it
  /// is not measured.
  private static void send(Guests guests, Latencies late) throws InterruptedException {
    guests.others().ears().measure(late);
    Publisher.publish(guests.floods(), DELTAS_A_WAVE, FLOOD_PER_SECOND);
    guests.others().ears().pause();
    Thread.sleep(SETTLING);
  }
}
