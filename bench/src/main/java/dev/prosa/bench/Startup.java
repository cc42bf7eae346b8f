package dev.prosa.bench;

import java.time.Duration;
import java.util.List;

/// How long the real program takes to start and to end.
final class Startup implements Measurement {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String about() {
    return "start of the program to \"ready\" and to the first 202; how long it takes to end";
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var ready = new Samples();
    var accepted = new Samples();
    var drained = new Samples();
    var busy = new Samples();
    var left = 0L;
    for (var run = 0; run < options.runs(); run++) {
      try (var folder = Folder.create();
          var program = Program.start(folder.path());
          var http = HttpUser.client()) {
        ready.add(program.untilReady());
        busy.add(program.cpuTime());
        var user = HttpUser.connect(http, program.server(), "bench");
        accepted.add(program.age(user.send("/echo hello", null).acceptedNanos()));
        user.close();
        drained.add(program.terminate());
        left += program.childrenLeft();
      }
    }
    return new Report(name(), how(options), figures(List.of(ready, accepted, drained, busy), left));
  }

  private static String how(Options options) {
    return """
    %d starts of the program, each with a new data folder; no file cache was dropped in between. \
    Each was ended by SIGTERM.\
    """
        .formatted(options.runs());
  }

  private static List<Figure> figures(List<Samples> samples, long left) {
    var ready = samples.get(0);
    var accepted = samples.get(1);
    var drained = samples.get(2);
    return List.of(
        Figure.of("ready, p50", ready.median()),
        Figure.of("ready, max", ready.percentile(100), LIMIT),
        Figure.of("processor time until ready, p50", samples.get(3).median()),
        Figure.of("first 202, p50", accepted.median()),
        Figure.of("first 202, max", accepted.percentile(100), LIMIT),
        Figure.of("SIGTERM to end, p50", drained.median()),
        Figure.of("SIGTERM to end, max", drained.percentile(100)),
        Figure.ofCount("child processes left", left, 0));
  }
}
