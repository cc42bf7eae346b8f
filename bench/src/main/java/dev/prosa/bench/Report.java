package dev.prosa.bench;

import java.util.ArrayList;
import java.util.List;

/// What a measurement found.
///
/// @param name of the measurement
/// @param how one or two sentences: what was done
/// @param figures in the order to show them
record Report(String name, String how, List<Figure> figures) {

  Report {
    figures = List.copyOf(figures);
  }

  boolean isWithinLimits() {
    return figures.stream().allMatch(Figure::met);
  }

  /// The report as Markdown that reads well without a renderer.
  ///
  /// @param where date and machine
  String text(String where) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("figure", "value", "limit"));
    for (var figure : figures) {
      var limit = figure.met() ? figure.limit() : figure.limit() + " MISSED";
      rows.add(List.of(figure.name(), figure.value(), limit));
    }
    var text = new StringBuilder("# " + name + "\n\n" + where + "\n\n" + how + "\n\n");
    for (var row = 0; row < rows.size(); row++) {
      text.append(line(rows, row));
      if (row == 0) {
        text.append(rule(rows));
      }
    }
    return text.toString();
  }

  private static String rule(List<List<String>> rows) {
    return "|-%s-|-%s:|-%s:|\n"
        .formatted(
            "-".repeat(width(rows, 0)), "-".repeat(width(rows, 1)), "-".repeat(width(rows, 2)));
  }

  private static String line(List<List<String>> rows, int row) {
    var cells = rows.get(row);
    return "| %s | %s | %s |\n"
        .formatted(
            cells.get(0) + gap(rows, row, 0),
            gap(rows, row, 1) + cells.get(1),
            gap(rows, row, 2) + cells.get(2));
  }

  private static String gap(List<List<String>> rows, int row, int column) {
    return " ".repeat(width(rows, column) - rows.get(row).get(column).length());
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
  }
}
