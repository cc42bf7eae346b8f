package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.runtime.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table in docs/operations.md is what the programs do.
class SettingsTableTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");

  private static final SettingReaders READERS = SettingReaders.ofClassFiles();

  @Test
  void the_documented_table_lists_exactly_the_settings_there_are() throws IOException {
    var document = Files.readString(DOCUMENT);

    assertThat(document)
        .as("paste this table into docs/operations.md:\n%s", table())
        .contains("<!-- checked by SettingsTableTest -->\n" + table() + "\n\n");
  }

  @Test
  void every_setting_is_read_by_some_program() {
    assertThat(Setting.values())
        .allSatisfy(setting -> assertThat(READERS.of(setting)).as("%s", setting).isNotEmpty());
  }

  private static String table() {
    return Arrays.stream(Setting.values())
        .map(SettingsTableTest::row)
        .collect(
            Collectors.joining(
                "\n", "| key | default | what | allowed | read by |\n|---|---|---|---|---|\n", ""));
  }

  private static String row(Setting setting) {
    var fallback = setting.fallback();
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            setting.key(),
            fallback == null ? "" : "`" + fallback + "`",
            setting.meaning(),
            setting.kind().allowed(),
            String.join(", ", READERS.of(setting)));
  }
}
