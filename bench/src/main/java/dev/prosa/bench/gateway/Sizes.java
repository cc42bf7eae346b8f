package dev.prosa.bench.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// How much load there is.
///
/// @param users each has two tabs
/// @param hold for how long all of them are idle; longer than a heartbeat of 20 s when it counts
/// @param deltas for how long deltas are measured
/// @param deliveries a second that are asked for
/// @param crowds of the other two measurements
public record Sizes(int users, Duration hold, Duration deltas, int deliveries, Crowds crowds) {

  /// What was promised.
  public static final Sizes WHOLE =
      new Sizes(
          5_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          20_000,
          new Crowds(200, 1_000, 5_000));

  /// Descriptors for everything but sockets.
  private static final int OTHER_DESCRIPTORS = 1_000;

  /// Of the other two measurements.
  ///
  /// @param deaf readers that never read
  /// @param others readers beside them
  /// @param returning clients whose gateway is killed
  public record Crowds(int deaf, int others, int returning) {}

  /// What makes this program itself as fast as it is later, so that whoever comes first has no
  /// disadvantage.
  Sizes warmUp() {
    var fewer = of(Math.max(1, users / 5));
    return new Sizes(fewer.users, Duration.ZERO, deltas.dividedBy(2), deliveries / 2, fewer.crowds);
  }

  /// The same for fewer users; nothing grows.
  public Sizes of(int fewer) {
    var part = Math.min(1, (double) fewer / users);
    return new Sizes(
        scaled(users, part),
        hold,
        deltas,
        scaled(deliveries, part),
        new Crowds(
            scaled(crowds.deaf(), part),
            scaled(crowds.others(), part),
            scaled(crowds.returning(), part)));
  }

  private static int scaled(int number, double part) {
    return Math.max(1, (int) (number * part));
  }

  /// The same with another time for deltas.
  public Sizes of(Duration time) {
    return new Sizes(users, hold, time, deliveries, crowds);
  }

  /// Idle sockets, and those that hear deltas.
  public int sockets() {
    return 2 * users;
  }

  /// The same, or less where a process may not open so many files (`ulimit -n`).
  public Sizes within(long descriptors) {
    var most = Math.clamp(descriptors - OTHER_DESCRIPTORS, 2, Integer.MAX_VALUE);
    return sockets() <= most ? this : of(most / 2);
  }

  /// How many files this process may open, and each that it starts.
  public static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
