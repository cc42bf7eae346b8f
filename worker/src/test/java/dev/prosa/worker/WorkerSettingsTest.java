package dev.prosa.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.prompt.Prompt;
import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.provider.ProviderSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {

  @Test
  void takes_the_providers_in_their_order_and_where_their_keys_are() {
    var settings =
        of(
            Map.of(
                "LLM_PROVIDERS", "groq,openai",
                "GROQ_API_KEY", "ssm:/groq",
                "OPENAI_API_KEY", "sk-1",
                "PROSA_SSM_ENDPOINT", "http://127.0.0.1:4566",
                "AWS_REGION", "eu-west-1"));

    assertThat(settings.providers())
        .extracting(ProviderConfig::name)
        .containsExactly("groq", "openai");
    assertThat(settings.keyStores().ssm().endpoint())
        .isEqualTo(URI.create("http://127.0.0.1:4566"));
    assertThat(settings.keyStores().secretsManager().endpoint()).isNull();
    assertThat(settings.keyStores().secretsManager().region()).isEqualTo("eu-west-1");
  }

  @Test
  void knows_the_texts_of_prompts() {
    var settings =
        of(Map.of("OPENAI_API_KEY", "k", "PROSA_PROMPTS", "brief", "BRIEF_PROMPT", "Be brief."));

    assertThat(settings.prompts().all()).containsExactly(new Prompt("brief", "Be brief."));
  }

  @Test
  void polls_no_longer_than_sqs_allows() {
    assertThat(of(Map.of("OPENAI_API_KEY", "k", "PROSA_POLL_WAIT", "1m")).pollWait())
        .isEqualTo(Duration.ofSeconds(20));
  }

  private static WorkerSettings of(Map<String, String> environment) {
    return WorkerSettings.of(ProviderSettings.of(environment));
  }
}
