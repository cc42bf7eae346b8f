package dev.prosa.bench;

import dev.prosa.bench.model.ModelRun;
import dev.prosa.bench.model.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The job protocol in many seeded worlds; see [dev.prosa.bench.model].
final class ModelCheck implements Measurement {

  private static final int MOST_SHOWN = 10;

  @Override
  public String name() {
    return "model";
  }

  @Override
  public String about() {
    return "the protocol under a seeded scheduler: --seeds worlds, or the trace of one --seed";
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var one = options.seed() > 0;
    var run =
        new ModelRun(
            one ? options.seed() : 1,
            one ? 1 : options.seeds(),
            Mutation.NONE,
            ModelRun.Sky.CHANGING);
    var result = run.run();
    var how = new StringBuilder();
    how.append(
        """
        The real code of ingest, worker, gateway and page on doubles, in virtual time. Calls are lost, \
        applied late or without an answer; processes die, stand still, and have wrong clocks; Redis \
        forgets and is away; sockets break; people cancel and leave. Then a checker looks.\
        """);
    result.broken().entrySet().stream()
        .limit(MOST_SHOWN)
        .forEach(e ->
            how.append("\n\nseed %d: %s".formatted(e.getKey(), String.join("; ", e.getValue()))));
    if (one) {
      how.append("\n\n").append(String.join("\n", run.trace(options.seed())));
    }
    return new Report(name(), how.toString(), figures(result));
  }

  private static List<Figure> figures(ModelRun.Result result) {
    var figures = new ArrayList<Figure>();
    figures.add(Figure.ofText("worlds", Integer.toString(result.worlds())));
    figures.add(Figure.ofCount("worlds that broke a promise", result.broken().size(), 0));
    var counts =
        result.counts().entrySet().stream()
            .map(e -> Figure.ofText(e.getKey(), Integer.toString(e.getValue())))
            .collect(Collectors.toList());
    figures.addAll(counts);
    return figures;
  }
}
