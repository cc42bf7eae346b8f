package dev.prosa.bench;

import dev.prosa.bench.chaos.ChaosPlan;
import dev.prosa.bench.chaos.ChaosRun;
import dev.prosa.bench.chaos.check.Fact;
import dev.prosa.bench.chaos.check.Invariant;
import dev.prosa.bench.chaos.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Workers, gateways and Redis are killed under load, and nothing that was promised may break.
final class Chaos implements Measurement {

  private static final int SHOWN = 5;

  private final InstantSource clock;

  Chaos(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "chaos";
  }

  @Override
  public String about() {
    return "real processes are killed under load, about 100 s; --release: 25 min; not in all";
  }

  @Override
  public boolean isPartOfAll() {
    return false;
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var plan = plan(options);
    var seed = options.seed() == 0 ? clock.millis() % 1_000_000 : options.seed();
    var folder = folder();
    var begin = System.nanoTime();
    var verdict = new ChaosRun(plan, seed, folder, clock).run();
    var time = Duration.ofNanos(System.nanoTime() - begin);
    var figures = figures(verdict, seed, time);
    if (verdict.isGood()) {
      new Folder(folder).close();
    }
    return new Report(name(), how(plan, seed) + failures(verdict, folder), figures);
  }

  /// The blows of a release are always the same; what users do meanwhile can be chosen, for a
  /// machine on which a thousand of them are too many.
  private static ChaosPlan plan(Options options) {
    if (!options.mode().release()) {
      return ChaosPlan.gate();
    }
    var chosen = options.load();
    return chosen.equals(Options.DEFAULT.load())
        ? ChaosPlan.release()
        : ChaosPlan.release(chosen.users(), chosen.time());
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("prosa-chaos-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder", e);
    }
  }

  private static List<Figure> figures(Verdict verdict, long seed, Duration time) {
    var figures = new ArrayList<Figure>();
    figures.add(Figure.ofText("commit", Machine.commit()));
    figures.add(Figure.ofText("seed", Long.toString(seed)));
    figures.add(Figure.ofText("wall clock", Figure.decimal("%.0f s", time.toMillis() / 1000.0)));
    for (var invariant : Invariant.values()) {
      figures.add(Figure.ofCount(invariant.words(), verdict.count(invariant), 0));
    }
    for (Fact fact : verdict.facts()) {
      figures.add(new Figure(fact.name(), fact.value(), fact.limit(), fact.met()));
    }
    return figures;
  }

  private static String how(ChaosPlan plan, long seed) {
    var load = plan.load();
    return """
    Plan "%s", seed %d: %d conversations of %d messages each; %d workers and %d gateways are \
    processes of their own, killed with SIGKILL and started again; every LLM call fails with a \
    chance of %.0f %%. The journal of the run is judged afterwards.\
    """
        .formatted(
            plan.name(),
            seed,
            load.conversations(),
            load.turns(),
            plan.shape().workers(),
            plan.shape().gateways(),
            100 * plan.model().faults());
  }

  /// A few of each kind; all are in the folder.
  private static String failures(Verdict verdict, Path folder) {
    if (verdict.isGood()) {
      return "";
    }
    var text = new StringBuilder("\n\nJournal and logs are in " + folder + ".\n");
    for (var invariant : Invariant.values()) {
      verdict.violations().stream()
          .filter(v -> v.invariant() == invariant)
          .limit(SHOWN)
          .forEach(v ->
              text.append("- ")
                  .append(invariant.words())
                  .append(": ")
                  .append(v.what())
                  .append('\n'));
    }
    return text.toString();
  }
}
