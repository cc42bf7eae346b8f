package dev.prosa.core.limit;

import java.util.ArrayList;
import java.util.List;

/// What settles a [Reservation].
///
/// @param id of the reservation
/// @param scopes from which it was taken; not empty
record Receipt(String id, List<Scope> scopes) {

  private static final String LINE = "\n";

  /// The receipt that `text` spells.
  ///
  /// @throws IllegalArgumentException when it spells none
  static Receipt of(String text) {
    var lines = List.of(text.split(LINE, -1));
    return new Receipt(
        lines.getFirst(), lines.subList(1, lines.size()).stream().map(Scope::of).toList());
  }

  /// A line for the id and one for each scope.
  @Override
  public String toString() {
    var lines = new ArrayList<>(List.of(id));
    scopes.forEach(scope -> lines.add(scope.toString()));
    return String.join(LINE, lines);
  }
}
