package dev.prosa.bench.chaos.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// One line of a journal.
///
/// @param atMillis since the start of the run
/// @param kind what it is about
/// @param fields what is known of it
public record Entry(long atMillis, Kind kind, JsonNode fields) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Reads a journal from its beginning, line by line.
  public static void readAll(Path file, Consumer<Entry> reader) {
    try (var lines = Files.lines(file)) {
      lines.forEach(line -> reader.accept(of(line)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// The entry that a line spells.
  public static Entry of(String line) {
    try {
      var fields = JSON.readTree(line);
      return new Entry(
          fields.path("at").asLong(), Kind.valueOf(fields.path("kind").asText()), fields);
    } catch (IOException e) {
      throw new UncheckedIOException("not a line of a journal: " + line, e);
    }
  }

  /// A field that is text; empty when it is absent.
  public String text(String field) {
    return fields.path(field).asText("");
  }

  /// A field that is a number; 0 when it is absent.
  public int number(String field) {
    return fields.path(field).asInt();
  }
}
