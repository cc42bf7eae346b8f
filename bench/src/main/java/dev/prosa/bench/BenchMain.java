package dev.prosa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// `prosa bench`: measures Prosa on this machine.
public final class BenchMain {

  private static final int EXIT_LIMIT_MISSED = 1;
  private static final int EXIT_USAGE = 2;
  private static final Path RESULTS = Path.of("bench", "results");

  private static final String USAGE = "usage: ./prosa bench <name> [options]\n\n";

  private static final String REST =
      """
        all                 all of them but chaos, fuzz and gateway, one after the other
        help                this text

      """;

  private static final String ENDING =
      """

      Each measurement starts servers of its own on free ports, and removes their data afterwards.
      Exit codes: 0, 1 when a limit is missed, 2 when the command is not understood.
      """;

  private final InstantSource clock;

  private BenchMain(InstantSource clock) {
    this.clock = clock;
  }

  /// Measures, prints, and ends with an exit code.
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(new BenchMain(InstantSource.system()), List.of(args)));
  }

  private static int run(BenchMain bench, List<String> args) throws InterruptedException {
    try (var logs = Folder.create()) {
      System.setProperty("prosa.data", logs.path().toString());
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      return bench.run(args);
    }
  }

  private int run(List<String> args) throws InterruptedException {
    var name = args.isEmpty() ? "help" : args.getFirst();
    var options = Options.parse(args.stream().skip(1).toList());
    var chosen =
        measurements().stream()
            .filter(m -> name.equals(m.name()) || (name.equals("all") && m.isPartOfAll()))
            .toList();
    if (options == null || chosen.isEmpty()) {
      print(usage());
      return name.equals("help") ? 0 : EXIT_USAGE;
    }
    var good = true;
    for (var measurement : chosen) {
      good &= run(measurement, options);
    }
    return good ? 0 : EXIT_LIMIT_MISSED;
  }

  private List<Measurement> measurements() {
    return List.of(
        new Accept(clock),
        new Chaos(clock),
        new FirstToken(clock),
        new Fuzz(clock),
        new Gateway(clock),
        new LambdaStart(),
        new LongConversation(clock),
        new ModelCheck(),
        new Providers(clock),
        new Startup(),
        new Throughput(clock));
  }

  private boolean run(Measurement measurement, Options options) throws InterruptedException {
    var where = Machine.describe(clock.instant());
    Report report;
    try {
      report = measurement.run(options);
    } catch (IllegalStateException e) {
      print(
          "%s: not measured: %s (%s)%n%n"
              .formatted(measurement.name(), e.getMessage(), e.getCause()));
      return false;
    }
    var text = report.text(where);
    print(text + "\n");
    if (options.mode().write()) {
      write(report.name(), text);
    }
    return report.isWithinLimits();
  }

  private static void write(String name, String text) {
    try {
      Files.createDirectories(RESULTS);
      Files.writeString(RESULTS.resolve(name + ".md"), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + RESULTS, e);
    }
  }

  private String usage() {
    return measurements().stream()
        .map(m -> "  %-19s %s\n".formatted(m.name(), m.about()))
        .collect(Collectors.joining("", USAGE, REST + Options.HELP + ENDING));
  }

  @SuppressWarnings("SystemOut") // speaks to a person
  private static void print(String text) {
    System.out.print(text);
  }
}
