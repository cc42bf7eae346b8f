package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.ProviderSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {

  private static IngestSettings of(Map<String, String> environment) {
    return IngestSettings.of(ProviderSettings.namesOf(environment));
  }

  @Test
  void names_the_first_provider_and_its_first_model_without_knowing_a_key() {
    assertThat(of(Map.of()).model())
        .isEqualTo(new IngestSettings.Model("openai", "gpt-5-mini", false));
  }

  @Test
  void offers_the_models_of_all_providers_in_their_order_each_once() {
    var settings =
        of(
            Map.of(
                "LLM_PROVIDERS", "groq,huggingface,mistral",
                "GROQ_MODEL", "b,openai/gpt-oss-120b",
                "MISTRAL_MODEL", "b,a"));

    assertThat(settings.models()).containsExactly("b", "openai/gpt-oss-120b", "a");
  }

  @Test
  void lets_no_page_of_another_origin_in_unless_it_is_named() {
    var origins = "https://a.example,https://b.example,";

    assertThat(of(Map.of()).pages().origins()).isEmpty();
    assertThat(of(Map.of("PROSA_ALLOWED_ORIGINS", origins)).pages().origins())
        .containsExactlyInAnyOrder("https://a.example", "https://b.example");
  }

  @Test
  void knows_the_names_of_prompts_without_their_texts() {
    assertThat(of(Map.of("PROSA_PROMPTS", "support,pirate")).prompts())
        .containsExactly("support", "pirate");
    assertThat(of(Map.of()).prompts()).isEmpty();
  }
}
