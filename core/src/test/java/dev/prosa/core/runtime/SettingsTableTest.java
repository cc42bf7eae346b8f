package dev.prosa.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table in docs/operations.md is what the program does.
class SettingsTableTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");

  @Test
  void the_documented_table_lists_exactly_the_settings_there_are() throws IOException {
    var document = Files.readString(DOCUMENT);

    assertThat(document)
        .as("paste this table into docs/operations.md:\n%s", table())
        .contains("<!-- checked by SettingsTableTest -->\n" + table() + "\n\n");
  }

  private static String table() {
    return Arrays.stream(Setting.values())
        .map(SettingsTableTest::row)
        .collect(
            Collectors.joining(
                "\n", "| key | default | what | allowed |\n|---|---|---|---|\n", ""));
  }

  private static String row(Setting setting) {
    var fallback = setting.fallback();
    return "| `%s` | %s | %s | %s |"
        .formatted(
            setting.key(),
            fallback == null ? "" : "`" + fallback + "`",
            setting.meaning(),
            setting.kind().allowed());
  }
}
