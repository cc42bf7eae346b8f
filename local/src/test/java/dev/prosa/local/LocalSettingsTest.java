package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.prompt.Prompt;
import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.runtime.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSettingsTest {

  @TempDir private Path folder;

  private LocalSettings of(Map<String, String> environment) {
    return LocalSettings.of(environment, folder.resolve("no.env"));
  }

  @Test
  void is_offline_when_no_provider_is_configured() {
    var settings = of(Map.of("OPENAI_MODEL", "m", "ANTHROPIC_API_KEY", "k"));

    assertThat(settings.configured().isOffline()).isTrue();
  }

  @Test
  void asks_the_providers_that_environment_and_file_name_together() throws IOException {
    var file = Files.writeString(folder.resolve(".env"), "GROQ_API_KEY=k-1\nGROQ_MODEL=m\n");

    var settings = LocalSettings.of(Map.of("LLM_PROVIDERS", "ollama,groq"), file);

    assertThat(settings.configured().providers())
        .extracting(ProviderConfig::name)
        .containsExactly("ollama", "groq");
  }

  @Test
  void a_line_of_the_file_holds_a_prompt_of_many_lines() throws IOException {
    var file =
        Files.writeString(
            folder.resolve(".env"),
            """
            PROSA_PROMPTS=support
            SUPPORT_PROMPT="Be kind.\\nA=b is an equation."
            """);

    assertThat(LocalSettings.of(Map.of(), file).configured().prompts().all())
        .containsExactly(new Prompt("support", "Be kind.\nA=b is an equation."));
  }

  @Test
  void asks_a_server_on_this_machine_without_a_key() {
    var settings = of(Map.of("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1"));

    assertThat(settings.configured().isOffline()).isFalse();
  }

  @Test
  void names_the_problems_of_the_providers_with_all_others() {
    var environment =
        Map.of("PROSA_HTTP_PORT", "x", "LLM_PROVIDERS", "groq", "GROQ_PRICES", "cheap");

    assertThatThrownBy(() -> of(environment))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll("PROSA_HTTP_PORT=x", "GROQ_PRICES=cheap", "GROQ_API_KEY is");
  }

  @Test
  void names_misspelt_keys_of_the_default_provider_though_it_is_offline() {
    assertThatThrownBy(() -> of(Map.of("OPENAI_APIKEY", "k")))
        .hasMessage("OPENAI_APIKEY is not a setting; did you mean OPENAI_API_KEY?");
  }
}
