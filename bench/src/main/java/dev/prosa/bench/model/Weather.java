package dev.prosa.bench.model;

import java.time.Duration;
import java.util.Random;

/// How bad things are in one world, until they get better and stay so. Probabilities are per remote
/// call unless it is said otherwise.
///
/// @param lost a call is not carried out, and the caller hears nothing
/// @param ambiguous a call is carried out, and the caller hears nothing
/// @param late as `ambiguous`, but it is carried out after the caller gave up
/// @param kill a process dies at the call
/// @param pause a process stands still for 45 s at the call, longer than a lease lasts
/// @param duplicate a message of the queue is delivered to two at once
/// @param badAnswer a call to the model fails, hangs, or breaks off
/// @param flushes how often Redis forgets everything
/// @param outages how often Redis is away for a while
/// @param drops how often a browser loses its socket
/// @param deaf how often a gateway misses what Redis tells it for 2 s
/// @param cancels how often somebody presses Stop
/// @param drains how often a worker is replaced in good order
/// @param redrives how often somebody redrives all dead letters
/// @param skew how wrong the clocks are, at most, in either direction
/// @param time how long it lasts
record Weather(
    double lost,
    double ambiguous,
    double late,
    double kill,
    double pause,
    double duplicate,
    double badAnswer,
    int flushes,
    int outages,
    int drops,
    int deaf,
    int cancels,
    int drains,
    int redrives,
    Duration skew,
    Duration time) {

  /// Nothing goes wrong.
  static final Weather FINE =
      new Weather(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ofSeconds(30));

  /// Processes die, and nothing else goes wrong.
  static final Weather DEADLY =
      new Weather(
          0, 0, 0, 0.03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ofSeconds(60));

  /// The weather of a seed: each kind of trouble comes with the figures of the bar, much more
  /// often, or not at all.
  static Weather of(long seed) {
    var random = new Random(seed * Proc.SPREAD);
    return new Weather(
        some(random, 0.02),
        some(random, 0.02),
        some(random, 0.01),
        some(random, 0.008),
        some(random, 0.002),
        some(random, 0.03),
        some(random, 0.3),
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(6),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(4),
        Duration.ofSeconds(random.nextInt(3) * 10L),
        Duration.ofSeconds(30 + random.nextInt(60)));
  }

  private static double some(Random random, double usual) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> usual * 4;
      default -> usual;
    };
  }
}
