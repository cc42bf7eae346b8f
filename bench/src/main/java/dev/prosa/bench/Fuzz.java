package dev.prosa.bench;

import dev.prosa.bench.fuzz.FuzzRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The gateway among clients that break the protocol; see [dev.prosa.bench.fuzz].
final class Fuzz implements Measurement {

  private static final Duration PONG_LIMIT = Duration.ofSeconds(2);
  private static final int MOST_SHOWN = 20;
  private static final int KIB = 1024;

  private final InstantSource clock;

  Fuzz(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fuzz";
  }

  @Override
  public String about() {
    return "a gateway among broken clients: --frames and --handshakes of one --seed; not in all";
  }

  @Override
  public boolean isPartOfAll() {
    return false;
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var seed = options.seed() == 0 ? clock.millis() % 1_000_000 : options.seed();
    var log = Path.of(String.valueOf(System.getProperty("prosa.data")), "bench.log");
    var sizes = options.fuzzing();
    var result = new FuzzRun(sizes.frames(), sizes.handshakes(), seed, log, clock).run();
    var how = new StringBuilder();
    how.append(
        """
        Seed %d. A gateway in this process on doubles in memory; 32 clients at once write valid \
        frames and broken ones, and then handshakes that are seldom in order, whole and in pieces. \
        A client that behaves pings all the time while its reply is written.\
        """
            .formatted(seed));
    result.violations().stream().limit(MOST_SHOWN).forEach(v -> how.append("\n\n").append(v));
    return new Report(name(), how.toString(), figures(result));
  }

  private static List<Figure> figures(FuzzRun.Result result) {
    var figures = new ArrayList<Figure>();
    figures.add(Figure.ofCount("things that must not happen", result.broken(), 0));
    add(figures, "frames", "connections closed with", result.frames());
    add(figures, "handshakes", "handshakes answered with", result.handshakes());
    var calm = result.calm();
    figures.add(Figure.ofText("pings of a client that behaves", Long.toString(calm.pings())));
    figures.add(Figure.of("longest wait for a pong", calm.longestPong(), PONG_LIMIT));
    figures.add(Figure.ofText("growth of the heap", calm.heapGrowth() / KIB + " KiB"));
    return figures;
  }

  private static void add(List<Figure> figures, String what, String ended, FuzzRun.Phase phase) {
    var seconds = Math.max(1, phase.time().toMillis()) / 1000.0;
    figures.add(Figure.ofText(what + " written", Long.toString(phase.written())));
    figures.add(
        Figure.ofText(what + " a second", Figure.decimal("%.0f", phase.written() / seconds)));
    phase
        .outcomes()
        .forEach(
            (how, count) -> figures.add(Figure.ofText(ended + " " + how, Long.toString(count))));
  }
}
