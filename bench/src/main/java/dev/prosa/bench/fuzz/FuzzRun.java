package dev.prosa.bench.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;

/// Many clients that break the protocol, on a few lanes at once, and one that keeps it.
///
/// What client number n writes, and in which pieces, follows from the seed and n alone; what the
/// gateway is doing at that moment does not.
///
/// @param frames so many frames are written, and those of the last clients; 0 for none
/// @param handshakes so many handshakes are written; 0 for none
/// @param seed of all of it
/// @param log where lines at ERROR are found; need not exist
/// @param clock the gateway's
public record FuzzRun(long frames, long handshakes, long seed, Path log, InstantSource clock) {

  /// More in use than before the run, and it counts as a leak.
  static final long HEAP_LIMIT = 32L * 1024 * 1024;

  /// The log, the collector and the JVM open a file now and then.
  private static final long DESCRIPTOR_LIMIT = 16;

  /// Frames and handshakes before the run, so that classes and pools are there.
  private static final long WARM_UP = 2_000;

  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration BLINK = Duration.ofMillis(50);

  /// What was seen.
  ///
  /// @param frames by the close code of the connections they were written to
  /// @param handshakes by the status of their answers
  /// @param calm what it was like for everybody else
  /// @param broken how many things happened that must not
  /// @param violations what they were; the first hundred
  public record Result(
      Phase frames, Phase handshakes, Calm calm, long broken, List<String> violations) {}

  /// One half of a run.
  ///
  /// @param written how many frames or handshakes
  /// @param time how long that took
  /// @param outcomes how many connections ended how
  public record Phase(long written, Duration time, SortedMap<String, Long> outcomes) {}

  /// What it was like for everybody else.
  ///
  /// @param pings of the client that behaves, each answered in time
  /// @param longestPong the longest that one of them took to be answered
  /// @param heapGrowth bytes in use after a collection, more than before; may be negative
  public record Calm(long pings, Duration longestPong, long heapGrowth) {}

  /// Runs it on a gateway of its own.
  ///
  /// @throws InterruptedException when the program is told to end
  public Result run() throws InterruptedException {
    var tally = new Tally();
    try (var target = new FuzzTarget(clock)) {
      var warmUp = new Crowd(target, ~seed, new Tally());
      var _ = warmUp.writeFrames(WARM_UP);
      var _ = warmUp.writeHandshakes(WARM_UP);
      settle(target, 0, tally);
      var before = Vitals.now(log);
      var watch = Watch.begin(target, tally);
      var crowd = new Crowd(target, seed, tally);
      var written = crowd.writeFrames(frames);
      var shaken = crowd.writeHandshakes(handshakes);
      settle(target, 1, tally);
      watch.end();
      settle(target, 0, tally);
      var after = Vitals.now(log);
      judge(target, before, after, tally);
      var calm =
          new Calm(watch.pings(), watch.longestPong(), after.heapBytes() - before.heapBytes());
      return new Result(written, shaken, calm, tally.broken(), tally.violations());
    }
  }

  /// Waits until only so many connections are left, and nothing waits for them.
  private static void settle(FuzzTarget target, int connections, Tally tally) {
    var deadline = System.nanoTime() + SETTLING.toNanos();
    while (!isSettled(target, connections)) {
      if (System.nanoTime() > deadline) {
        tally.violation(
            "after %d s there are %.0f connections instead of %d, and %.0f bytes wait"
                .formatted(
                    SETTLING.toSeconds(),
                    target.shows("prosa_ws_connections"),
                    connections,
                    target.shows("prosa_ws_queued_bytes")));
        return;
      }
      LockSupport.parkNanos(BLINK.toNanos());
    }
  }

  private static boolean isSettled(FuzzTarget target, int connections) {
    return target.shows("prosa_ws_connections") == connections
        && target.shows("prosa_ws_queued_bytes") == 0;
  }

  private static void judge(FuzzTarget target, Vitals before, Vitals after, Tally tally) {
    var growth = after.heapBytes() - before.heapBytes();
    if (growth > HEAP_LIMIT) {
      tally.violation("the heap has grown by %d KiB".formatted(growth / 1024));
    }
    var descriptors = after.descriptors() - before.descriptors();
    if (descriptors > DESCRIPTOR_LIMIT) {
      tally.violation("%d descriptors more are open".formatted(descriptors));
    }
    after.errorsSince(before).forEach(line -> tally.violation("logged: " + line));
    if (target.wasMeddledWith()) {
      tally.violation("somebody has stopped a job of another user");
    }
    if (!target.isUp()) {
      tally.violation("the gateway opens no WebSocket any more");
    }
    newcomer(target, tally);
  }

  private static void newcomer(FuzzTarget target, Tally tally) {
    try (var witness = Witness.connect("bob", target.port())) {
      var _ = witness.ping();
    } catch (IOException e) {
      tally.violation("a new client was not served: " + e.getMessage());
    }
  }
}
