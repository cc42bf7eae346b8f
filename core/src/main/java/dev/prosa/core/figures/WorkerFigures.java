package dev.prosa.core.figures;

import java.util.List;

/// What one worker says of itself.
///
/// @param writing how many replies it is at
/// @param slices what it saw in the last [FiguresBoard#WINDOW]; those without anything may be
///   missing
public record WorkerFigures(int writing, List<Slice> slices) {

  public WorkerFigures {
    slices = List.copyOf(slices);
  }
}
