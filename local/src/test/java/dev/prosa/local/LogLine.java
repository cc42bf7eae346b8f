package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// One line that a service wrote for machines.
record LogLine(JsonNode json) {

  /// The lines of everything that was printed; what speaks to a person is passed over.
  static List<LogLine> of(String printed) {
    return printed
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> new LogLine(Json.read(line)))
        .toList();
  }

  /// The simple name of the class that wrote it.
  String logger() {
    return field("logger_name").replaceFirst(".*\\.", "");
  }

  /// A field; empty when it has none of that name.
  String field(String name) {
    return json.path(name).asText();
  }
}
