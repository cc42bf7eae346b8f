package dev.prosa.core.figures;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A board in a map, with one lock.
final class InMemoryFiguresBoard implements FiguresBoard {

  private final InstantSource clock;
  private final Map<String, Said> workers = new LinkedHashMap<>();

  private record Said(WorkerFigures figures, Instant at) {}

  InMemoryFiguresBoard(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void post(String worker, WorkerFigures figures) {
    workers.put(worker, new Said(figures, clock.instant()));
  }

  @Override
  public synchronized List<Row> read() {
    var now = clock.instant();
    workers.values().removeIf(said -> !said.at().plus(WINDOW).isAfter(now));
    return workers.values().stream()
        .map(said -> new Row(said.figures(), said.at().plus(ALIVE).isAfter(now)))
        .toList();
  }
}
