package dev.prosa.local.dlq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Lines whose cells stand under each other. The last column may be as long as it likes.
final class Columns {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Columns row(String... cells) {
    rows.add(Arrays.stream(cells).map(PlainText::of).toList());
    return this;
  }

  /// The lines, all rows having as many cells as the first.
  List<String> lines() {
    var columns = rows.getFirst().size();
    var widths =
        IntStream.range(0, columns)
            .map(i -> rows.stream().mapToInt(row -> width(row.get(i))).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(row ->
            IntStream.range(0, columns)
                .mapToObj(i -> padded(row.get(i), i == columns - 1 ? 0 : widths[i]))
                .collect(Collectors.joining(GAP))
                .stripTrailing())
        .toList();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(Math.max(0, width - width(cell)));
  }
}
