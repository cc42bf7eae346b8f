package dev.prosa.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of providers in docs/operations.md are what the program does.
class ProviderTableTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");

  @Test
  void the_documented_tables_list_what_there_is() throws IOException {
    var tables = settings() + "\n\n" + presets();

    assertThat(Files.readString(DOCUMENT))
        .as("paste these tables into docs/operations.md:\n%s", tables)
        .contains("<!-- checked by ProviderTableTest -->\n" + tables + "\n\n");
  }

  private static String settings() {
    return table(
        "| key | what | allowed |\n|---|---|---|\n",
        Arrays.stream(ProviderSetting.values())
            .map(s -> "| `%s` | %s | %s |".formatted(s.of("name"), s.meaning(), s.allowed())));
  }

  private static String presets() {
    return table(
        "| name | URL | model |\n|---|---|---|\n",
        Arrays.stream(ProviderPreset.values())
            .map(p ->
                "| `%s` | `%s` | `%s` |".formatted(p.word(), p.baseUrl("us-east-1"), p.model())));
  }

  private static String table(String head, Stream<String> rows) {
    return rows.collect(Collectors.joining("\n", head, ""));
  }
}
