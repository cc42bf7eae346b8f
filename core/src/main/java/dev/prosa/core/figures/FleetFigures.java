package dev.prosa.core.figures;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// What all workers did together.
///
/// @param workers how many are alive
/// @param writing how many replies those are at
/// @param slices every slice of the last [FiguresBoard#WINDOW], oldest first; the last one is not
///   over yet
public record FleetFigures(int workers, int writing, List<Slice> slices) {

  /// How many slices there are.
  public static final int SLICES = (int) FiguresBoard.WINDOW.dividedBy(Slice.LENGTH);

  public FleetFigures {
    slices = List.copyOf(slices);
  }

  /// Adds up what the workers said. What lies outside the window is left out, as what a worker saw
  /// whose clock is ahead.
  public static FleetFigures of(List<FiguresBoard.Row> rows, Instant now) {
    var last = Slice.numberAt(now);
    Map<Long, Slice> byNumber = new HashMap<>();
    rows.stream()
        .flatMap(row -> row.figures().slices().stream())
        .forEach(slice -> byNumber.merge(slice.number(), slice, Slice::plus));
    var alive = rows.stream().filter(FiguresBoard.Row::alive).toList();
    return new FleetFigures(
        alive.size(),
        alive.stream().mapToInt(row -> row.figures().writing()).sum(),
        LongStream.rangeClosed(last - SLICES + 1, last)
            .mapToObj(number -> byNumber.getOrDefault(number, Slice.empty(number)))
            .toList());
  }

  /// All slices together.
  public Slice total() {
    return slices.stream().reduce(Slice.empty(slices.getLast().number()), Slice::plus);
  }
}
