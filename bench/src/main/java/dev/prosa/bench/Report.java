package dev.prosa.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a measurement found.
///
/// @param name of the measurement
/// @param how one or two sentences: what was done
/// @param columns over the values of the figures; more than one when something was measured beside
/// @param figures in the order to show them
record Report(String name, String how, List<String> columns, List<Figure> figures) {

  Report {
    columns = List.copyOf(columns);
    figures = List.copyOf(figures);
  }

  Report(String name, String how, List<Figure> figures) {
    this(name, how, List.of("value"), figures);
  }

  boolean isWithinLimits() {
    return figures.stream().allMatch(Figure::met);
  }

  /// The report as Markdown that reads well without a renderer.
  ///
  /// @param where date and machine
  String text(String where) {
    var rows = new ArrayList<List<String>>();
    rows.add(row("figure", columns, "limit"));
    for (var figure : figures) {
      var limit = figure.met() ? figure.limit() : figure.limit() + " MISSED";
      var values = new ArrayList<>(List.of(figure.value()));
      values.addAll(figure.others());
      rows.add(row(figure.name(), values, limit));
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

  /// The limit stands behind a single value, and before several, beside the one that it is for.
  private static List<String> row(String name, List<String> values, String limit) {
    var row = new ArrayList<>(values);
    row.addFirst(name);
    row.add(values.size() == 1 ? row.size() : 1, limit);
    return row;
  }

  private static String rule(List<List<String>> rows) {
    return IntStream.range(0, rows.getFirst().size())
        .mapToObj(i -> "-".repeat(width(rows, i)) + (i == 0 ? "-" : ":"))
        .collect(Collectors.joining("|-", "|-", "|\n"));
  }

  private static String line(List<List<String>> rows, int row) {
    var cells = rows.get(row);
    return IntStream.range(0, cells.size())
        .mapToObj(i -> i == 0 ? cells.get(i) + gap(rows, row, i) : gap(rows, row, i) + cells.get(i))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String gap(List<List<String>> rows, int row, int column) {
    return " ".repeat(width(rows, column) - rows.get(row).get(column).length());
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
  }
}
