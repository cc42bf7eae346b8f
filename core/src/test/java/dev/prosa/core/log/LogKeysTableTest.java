package dev.prosa.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table in docs/operations.md is what the lines say.
class LogKeysTableTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");

  @Test
  void the_documented_table_lists_exactly_the_fields_there_are() throws IOException {
    var document = Files.readString(DOCUMENT);

    assertThat(document)
        .as("paste this table into docs/operations.md:\n%s", table())
        .contains("<!-- checked by LogKeysTableTest -->\n" + table() + "\n\n");
  }

  private static String table() {
    return Arrays.stream(LogKey.values())
        .map(key -> "| `%s` | %s |".formatted(key.key(), key.meaning()))
        .collect(Collectors.joining("\n", "| field | what |\n|---|---|\n", ""));
  }
}
