package dev.prosa.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.prompt.Prompt;
import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {

  private static final String OPENAI_KEY = "OPENAI_API_KEY";
  private static final String NO_KEY = " is missing: only a provider on this machine needs none";

  private static List<String> problems(String... keysAndValues) {
    try {
      var _ = ProviderSettings.of(environment(keysAndValues));
      return List.of();
    } catch (InvalidSettingsException e) {
      return String.valueOf(e.getMessage()).lines().toList();
    }
  }

  private static List<ProviderConfig> providers(String... keysAndValues) {
    return ProviderSettings.of(environment(keysAndValues)).providers();
  }

  private static Map<String, String> environment(String... keysAndValues) {
    var environment = new HashMap<String, String>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return environment;
  }

  @Test
  void asks_openai_by_default() {
    assertThat(providers(OPENAI_KEY, "sk-1"))
        .containsExactly(
            new ProviderConfig(
                "openai",
                URI.create("https://api.openai.com/v1"),
                "sk-1",
                List.of("gpt-5-mini"),
                Price.FREE,
                new ProviderConfig.Limits(256, null)));
  }

  @Test
  void asks_several_in_their_order_with_nothing_but_their_keys() {
    var providers =
        providers(
            "LLM_PROVIDERS", " groq, anthropic ,ollama",
            "GROQ_API_KEY", "gsk-1",
            "ANTHROPIC_API_KEY", "ssm:/prosa/anthropic");

    assertThat(providers)
        .extracting(ProviderConfig::name)
        .containsExactly("groq", "anthropic", "ollama");
    assertThat(providers)
        .extracting(ProviderConfig::key)
        .containsExactly("gsk-1", "ssm:/prosa/anthropic", null);
  }

  @Test
  void takes_everything_that_can_be_said_about_a_provider() {
    var provider =
        providers(
                "LLM_PROVIDERS", "my-llm-2",
                "LLM_ALLOWED_HOSTS", "other.example,*.example.com",
                "MY_LLM_2_API_KEY", "secretsmanager:prosa/my-llm",
                "MY_LLM_2_BASE_URL", "https://llm.example.com/v1/",
                "MY_LLM_2_MODEL", "a-1, b/2:3",
                "MY_LLM_2_PRICES", "0.25/2",
                "MY_LLM_2_CONCURRENCY", "8",
                "MY_LLM_2_MAX_OUTPUT_TOKENS", "4096")
            .getFirst();

    assertThat(provider)
        .isEqualTo(
            new ProviderConfig(
                "my-llm-2",
                URI.create("https://llm.example.com/v1"),
                "secretsmanager:prosa/my-llm",
                List.of("a-1", "b/2:3"),
                new Price(new BigDecimal("0.25"), new BigDecimal("2")),
                new ProviderConfig.Limits(8, 4096)));
    assertThat(provider.keySetting()).isEqualTo("MY_LLM_2_API_KEY");
  }

  @ParameterizedTest
  @EnumSource(ProviderPreset.class)
  void every_preset_needs_a_key_only(ProviderPreset preset) {
    var key = ProviderSetting.API_KEY.of(preset.word());

    var provider = providers("LLM_PROVIDERS", preset.word(), key, "k-1").getFirst();

    assertThat(provider.models()).containsExactly(preset.model());
    assertThat(provider.baseUrl()).isEqualTo(preset.baseUrl("us-east-1"));
  }

  @Test
  void finds_bedrock_in_the_region() {
    var bedrock =
        providers("LLM_PROVIDERS", "bedrock", "BEDROCK_API_KEY", "k", "AWS_REGION", "eu-central-1");

    assertThat(bedrock.getFirst().baseUrl())
        .hasToString("https://bedrock-runtime.eu-central-1.amazonaws.com/openai/v1");
  }

  @Test
  void needs_no_key_on_this_machine() {
    assertThat(problems("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1")).isEmpty();
    assertThat(problems("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1", OPENAI_KEY, "x")).isEmpty();
    assertThat(problems("LLM_PROVIDERS", "ollama")).isEmpty();
    assertThat(problems()).containsExactly(OPENAI_KEY + NO_KEY);
    assertThat(problems("OPENAI_API_KEY", " ")).containsExactly(OPENAI_KEY + NO_KEY);
  }

  @Test
  void does_not_look_at_keys_where_they_are_not_used() {
    var without = ProviderSettings.namesOf(environment("LLM_PROVIDERS", "openai,groq"));
    var with = ProviderSettings.namesOf(environment(OPENAI_KEY, "sk-1"));

    assertThat(without.models()).containsExactly("gpt-5-mini", "openai/gpt-oss-120b");
    assertThat(with.providers().getFirst().key()).isNull();
  }

  @Test
  void knows_the_texts_of_prompts_where_providers_are_asked_only() {
    var environment = environment(OPENAI_KEY, "k", "PROSA_PROMPTS", "brief", "BRIEF_PROMPT", "Hm.");

    assertThat(ProviderSettings.of(environment).prompts().all())
        .containsExactly(new Prompt("brief", "Hm."));
    assertThat(ProviderSettings.namesOf(environment).prompts()).isEqualTo(Prompts.NONE);
    assertThat(ProviderSettings.namesOf(environment("PROSA_PROMPTS", "brief")).prompts())
        .isEqualTo(Prompts.NONE);
  }

  @Test
  void a_prompt_may_be_called_like_a_provider_or_begin_like_one() {
    var settings =
        ProviderSettings.of(
            environment(
                OPENAI_KEY,
                "k",
                "PROSA_PROMPTS",
                "openai-brief,openai",
                "OPENAI_PROMPT",
                "Be open.",
                "OPENAI_BRIEF_PROMPT",
                "Be brief."));

    assertThat(settings.prompts().all())
        .containsExactly(new Prompt("openai-brief", "Be brief."), new Prompt("openai", "Be open."));
    assertThat(problems(OPENAI_KEY, "k", "PROSA_PROMPTS", "brief", "OPENAI_PROMPT", "Be open."))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("OPENAI_PROMPT is not a setting"));
  }

  @Test
  void names_the_problems_of_prompts_with_all_others() {
    assertThat(
            problems(
                "PROSA_HTTP_PORT", "x",
                "PROSA_PROMPTS", "brief,long",
                "LONG_PROMPT", "x".repeat(8_001)))
        .containsExactly(
            "PROSA_HTTP_PORT=x is not allowed: a port, 0 to 65535 (0 = any free one)",
            "BRIEF_PROMPT is missing: PROSA_PROMPTS names it",
            "LONG_PROMPT has 8001 characters: at most 8000 are allowed",
            OPENAI_KEY + NO_KEY);
  }

  @Test
  void names_all_problems_of_the_whole_configuration_at_once() {
    var problems =
        problems(
            "PROSA_HTTP_PORT", "x",
            "LLM_PROVIDERS", "openai,Groq,openai,mine",
            "LLM_MODEL", "m",
            "LLM_ALLOWED_HOSTS", "a.example,https://b.example",
            "OPENAI_API_KEY", "sk secret",
            "OPENAI_BASE_URL", "https://user:hunter2@api.openai.com/v1?k=hunter3",
            "OPENAI_MODEL", "m,,n",
            "OPENAI_PRICES", "1.5",
            "OPENAI_CONCURRENCY", "0",
            "OPENAI_MAX_OUTPUT_TOKENS", "many",
            "OPENAI_MODLE", "m",
            "OPENAI_LOG", "debug");

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "PROSA_HTTP_PORT=x is not allowed: a port, 0 to 65535 (0 = any free one)",
            "OPENAI_LOG is set: the model's client would print prompts; unset it",
            "LLM_PROVIDERS=Groq is not allowed: names of lower-case letters, digits and -,"
                + " separated by commas; not aws, llm, prosa",
            "LLM_PROVIDERS names openai twice",
            "LLM_MODEL is not a setting; did you mean LLM_PROVIDERS?",
            "LLM_ALLOWED_HOSTS=https://b.example is not allowed: hosts, or *.example.com, with"
                + " commas",
            "OPENAI_API_KEY=*** is not allowed: a key of visible ASCII characters, ssm:/path or"
                + " secretsmanager:name",
            "OPENAI_BASE_URL=https://***@api.openai.com/v1?*** is not allowed: a URL without user,"
                + " query and fragment",
            "OPENAI_MODEL=m,,n is not allowed: names of models, separated by commas, each once",
            "OPENAI_PRICES=1.5 is not allowed: US dollars in and out, such as 0.25/2.00",
            "OPENAI_CONCURRENCY=0 is not allowed: a whole number, 1 to 10000",
            "OPENAI_MAX_OUTPUT_TOKENS=many is not allowed: a whole number, 1 to 1000000",
            "OPENAI_MODLE is not a setting; did you mean OPENAI_MODEL?",
            "MINE_BASE_URL is missing: only openai, anthropic, gemini, huggingface, bedrock, groq,"
                + " mistral, ollama, offline need none",
            "MINE_MODEL is missing: only openai, anthropic, gemini, huggingface, bedrock, groq,"
                + " mistral, ollama, offline need none",
            "MINE_API_KEY" + NO_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Openai",
        "open_ai",
        "-a",
        "a-",
        "a--b",
        "1a",
        "a b",
        "ä",
        "a.b",
        "openai,,groq",
        ",",
        "aws",
        "llm",
        "llm-x",
        "prosa",
        "prosa-x",
        "abcdefghijklmnopqrstuvwxyzabcdefg"
      })
  void refuses_bad_names(String names) {
    assertThat(problems("LLM_PROVIDERS", names, OPENAI_KEY, "k", "GROQ_API_KEY", "k"))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("LLM_PROVIDERS="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", "1/", "/1", "1/2/3", "-1/2", "a/b", "1,5/2", "1e3/2", "$1/2", "1.5 / 2", "1./2"
      })
  void refuses_bad_prices(String prices) {
    assertThat(problems(OPENAI_KEY, "k", "OPENAI_PRICES", prices))
        .singleElement()
        .asString()
        .startsWith("OPENAI_PRICES=" + prices + " is not allowed: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk secret",
        "sk-\u00e9secret",
        "ssm:secret",
        "ssm:/a b",
        "ssm:",
        "ssm://secret",
        "secretsmanager:",
        "secretsmanager:a b",
        "sk\nsecret"
      })
  void never_shows_a_key(String key) {
    assertThat(problems(OPENAI_KEY, key))
        .containsExactly(
            "OPENAI_API_KEY=*** is not allowed: a key of visible ASCII characters, ssm:/path or"
                + " secretsmanager:name");
    assertThat(ProviderSettings.of(environment(OPENAI_KEY, "sk-secret")).toString())
        .doesNotContain("sk-secret");
  }

  @Test
  void tells_the_keys_of_names_that_begin_alike_apart() {
    var hosts = "a.example";
    var providers =
        providers(
            "LLM_PROVIDERS", "open,open-ai",
            "LLM_ALLOWED_HOSTS", hosts,
            "OPEN_API_KEY", "k-1",
            "OPEN_BASE_URL", "https://a.example",
            "OPEN_MODEL", "m",
            "OPEN_AI_API_KEY", "k-2",
            "OPEN_AI_BASE_URL", "https://a.example",
            "OPEN_AI_MODEL", "m");

    assertThat(providers).extracting(ProviderConfig::key).containsExactly("k-1", "k-2");
  }

  @Test
  void leaves_the_keys_of_others_alone() {
    assertThat(problems(OPENAI_KEY, "k", "GROQ_MODLE", "m", "HF_TOKEN", "x", "PATH", "/"))
        .isEmpty();
  }

  @Test
  void a_misspelt_region_is_one_problem() {
    assertThat(problems(OPENAI_KEY, "k", Setting.AWS_REGION.key(), "a.evil.example/#"))
        .containsExactly("AWS_REGION=a.evil.example/# is not allowed: a region such as us-east-1");
  }

  @ParameterizedTest
  @CsvSource({
    "LLM_PROVIDERS,ollama,ollama",
    "OPENAI_API_KEY,k,openai",
    "OPENAI_BASE_URL,http://localhost/v1,openai",
    "OPENAI_MODEL,m,offline",
    "ANTHROPIC_API_KEY,k,offline",
    "LLM_PROVIDERS,' ',offline"
  })
  void asks_the_default_when_nothing_is_configured(String key, String value, String name) {
    assertThat(providers("LLM_DEFAULT", "offline", key, value))
        .extracting(ProviderConfig::name)
        .containsExactly(name);
  }

  @Test
  void names_misspelt_keys_of_openai_though_another_is_the_default() {
    assertThat(problems("LLM_DEFAULT", "offline", "OPENAI_APIKEY", "k"))
        .containsExactly("OPENAI_APIKEY is not a setting; did you mean OPENAI_API_KEY?");
  }

  @Test
  void refuses_a_wrong_default_under_its_own_name() {
    assertThat(problems("LLM_DEFAULT", "Offline"))
        .first()
        .asString()
        .startsWith("LLM_DEFAULT=Offline is not allowed");
  }

  @Test
  void knows_the_scripted_model() {
    var elsewhere = "http://localhost:9/v1";

    assertThat(providers("LLM_PROVIDERS", "offline").getFirst().isOffline()).isTrue();
    assertThat(providers("LLM_PROVIDERS", "ollama").getFirst().isOffline()).isFalse();
    assertThat(
            providers("LLM_PROVIDERS", "offline", "OFFLINE_BASE_URL", elsewhere)
                .getFirst()
                .isOffline())
        .isFalse();
  }
}
