package dev.prosa.bench.fuzz;

import dev.prosa.bench.fuzz.Answer.End;
import dev.prosa.bench.fuzz.Attack.Manner;
import dev.prosa.bench.fuzz.FuzzRun.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The clients that break the protocol, one after the other on each of a few lanes.
final class Crowd {

  /// As many as keep a gateway of two cores busy, though most of them wait for it to be silent.
  private static final int LANES = 32;

  /// Apart from the numbers of the clients that write frames.
  private static final long FIRST_HANDSHAKE = 1L << 40;

  /// Spreads neighbouring numbers over all seeds (Steele, Lea and Flood, "Fast splittable
  /// pseudorandom number generators", 2014).
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));

  private final FuzzTarget target;
  private final long seed;
  private final Tally tally;

  Crowd(FuzzTarget target, long seed, Tally tally) {
    this.target = target;
    this.seed = seed;
    this.tally = tally;
  }

  /// Opens connections until so many frames were written.
  Phase writeFrames(long count) throws InterruptedException {
    var outcomes = new Tally();
    var next = new AtomicLong();
    var written = new AtomicLong();
    return timed(
        written,
        outcomes,
        lane -> {
          while (written.get() < count) {
            written.addAndGet(writeFrames(lane, next.getAndIncrement(), outcomes));
          }
        });
  }

  private int writeFrames(int lane, long number, Tally outcomes) {
    var dice = dice(number);
    var fuzz = new FrameFuzz(dice, target.jobs());
    var attack = Attack.frames("mallory-" + lane, fuzz.stream(), dice);
    var answer = play(attack, lane, number);
    if (answer != null) {
      if (!answer.status().equals("101")) {
        violation(number, "a good handshake was answered with " + answer.status());
      }
      outcomes.count(attack.manner() == Manner.LEAVES ? "client left" : answer.closeCode());
    }
    return fuzz.frames();
  }

  /// Opens so many connections whose handshakes are seldom in order.
  Phase writeHandshakes(long count) throws InterruptedException {
    var outcomes = new Tally();
    var next = new AtomicLong();
    return timed(
        next,
        outcomes,
        lane -> {
          for (var n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
            writeHandshake(lane, FIRST_HANDSHAKE + n, outcomes);
          }
          next.decrementAndGet(); // nobody has come with this number
        });
  }

  private void writeHandshake(int lane, long number, Tally outcomes) {
    var dice = dice(number);
    var attack = Attack.handshake(new HandshakeFuzz(dice).stream(), dice);
    var answer = play(attack, lane, number);
    if (answer != null) {
      if (answer.status().equals("500")) {
        violation(number, "the gateway failed over a handshake");
      }
      outcomes.count(attack.manner() == Manner.LEAVES ? "client left" : answer.status());
    }
  }

  private @Nullable Answer play(Attack attack, int lane, long number) {
    try {
      var answer = attack.at(address(lane), target.port());
      if (answer.end() == End.LEFT_OPEN) {
        violation(number, "the connection was left open");
      }
      if (target.isBetrayedBy(answer)) {
        violation(number, "it was told what belongs to another user");
      }
      return answer;
    } catch (IOException e) {
      violation(number, "it could not connect: " + e);
      return null;
    }
  }

  private void violation(long number, String what) {
    tally.violation("seed %d, connection %d: %s".formatted(seed, number, what));
  }

  private RandomGenerator dice(long number) {
    return new SplittableRandom(seed + number * GOLDEN);
  }

  /// Each lane has an address of its own where all of 127/8 is loopback, so that the ports of one
  /// do not run out.
  private static InetAddress address(int lane) {
    return LINUX
        ? InetAddress.ofLiteral("127.0.1." + (1 + lane))
        : InetAddress.getLoopbackAddress();
  }

  /// The lanes are threads of the system: virtual ones would take turns with those of the gateway.
  private Phase timed(AtomicLong written, Tally outcomes, IntConsumer lane)
      throws InterruptedException {
    var begin = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(LANES)) {
      var lanes =
          IntStream.range(0, LANES)
              .mapToObj(i -> Executors.callable(() -> lane.accept(i)))
              .toList();
      threads.invokeAll(lanes).forEach(Future::resultNow);
    }
    var time = Duration.ofNanos(System.nanoTime() - begin);
    return new Phase(written.get(), time, outcomes.outcomes());
  }
}
