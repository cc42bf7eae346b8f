package dev.prosa.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static String problems(Map<String, String> environment) {
    try {
      var _ = Settings.of(environment);
      return "";
    } catch (InvalidSettingsException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void refuses_a_log_that_would_show_prompts() {
    assertThatThrownBy(() -> Settings.of(Map.of("OPENAI_LOG", "debug")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("OPENAI_LOG is set");
  }

  @Test
  void has_defaults() {
    var settings = Settings.of(Map.of());

    assertThat(settings.number(Setting.HTTP_PORT)).isEqualTo(8080);
    assertThat(settings.duration(Setting.DEADLINE)).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.urlOrNull(Setting.WS_URL)).isNull();
    assertThat(settings.isSet(Setting.HTTP_PORT)).isFalse();
  }

  @Test
  void every_default_is_allowed() {
    for (var setting : Setting.values()) {
      var fallback = setting.fallback();
      assertThat(fallback == null || setting.kind().accepts(fallback)).as(setting.key()).isTrue();
    }
  }

  @Test
  void takes_what_is_given() {
    var settings =
        Settings.of(
            Map.of("PROSA_HTTP_PORT", " 0 ", "PROSA_REDIS_URL", "rediss://u:p@h:1", "OTHER", "x"));

    assertThat(settings.number(Setting.HTTP_PORT)).isZero();
    assertThat(settings.urlOrNull(Setting.REDIS_URL)).isEqualTo(URI.create("rediss://u:p@h:1"));
    assertThat(settings.isSet(Setting.HTTP_PORT)).isTrue();
  }

  @Test
  void takes_an_empty_value_for_none() {
    assertThat(Settings.of(Map.of("PROSA_HTTP_PORT", " ")).number(Setting.HTTP_PORT))
        .isEqualTo(8080);
  }

  @Test
  void names_all_problems_at_once() {
    var problems =
        problems(
            Map.of("PROSA_HTTP_PORT", "99999", "PROSA_DEADLINE", "soon", "PROSA_WS_PROT", "8081"));

    assertThat(problems.lines())
        .containsExactlyInAnyOrder(
            "PROSA_HTTP_PORT=99999 is not allowed: a port, 0 to 65535 (0 = any free one)",
            "PROSA_DEADLINE=soon is not allowed: a time such as 500ms, 30s or 10m, at most 12h",
            "PROSA_WS_PROT is not a setting; did you mean PROSA_WS_PORT?");
  }

  @ParameterizedTest
  @CsvSource({
    "PROSA_DEADLNE,PROSA_DEADLINE",
    "PROSA_REDIS,PROSA_REDIS_URL",
    "PROSA_WORKER_CONCURENCY,PROSA_WORKER_CONCURRENCY",
    "PROSA_LLM_FIRSTTOKEN,PROSA_LLM_FIRST_TOKEN"
  })
  void names_the_neighbour_of_a_misspelt_key(String misspelt, String meant) {
    assertThat(problems(Map.of(misspelt, "1"))).contains("did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://user:hunter2@ho st:6379,redis://***@ho st:6379",
    "redis://:hunt@er2@h o,redis://***@h o",
    "user:hunter2@host,***@host",
    "'redis://user:hunter2\n@h o','redis://***@h o'"
  })
  void does_not_show_a_password_in_a_url(String url, String shown) {
    assertThat(problems(Map.of("PROSA_REDIS_URL", url)))
        .startsWith("PROSA_REDIS_URL=" + shown + " is not allowed: ");
  }

  @Test
  void does_not_show_values() {
    var settings = Settings.of(Map.of("PROSA_REDIS_URL", "redis://:secret@h"));

    assertThat(settings.toString()).contains("REDIS_URL").doesNotContain("secret");
    assertThat(settings.text(Setting.REDIS_URL)).isEqualTo("redis://:secret@h");
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "1s,1000", "10m,600000", "12h,43200000", "1ms,1"})
  void reads_durations(String text, long millis) {
    var settings = Settings.of(Map.of("PROSA_DEADLINE", text));

    assertThat(settings.duration(Setting.DEADLINE)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-1s", "1", "s", "1d", "13h", "1.5s", "1 s", "99999999999s", "1S"})
  void refuses_what_is_no_duration(String text) {
    assertThat(problems(Map.of("PROSA_DEADLINE", text))).contains("PROSA_DEADLINE=" + text);
  }

  @ParameterizedTest
  @CsvSource({
    "PROSA_HTTP_PORT,-1",
    "PROSA_HTTP_PORT,65536",
    "PROSA_HTTP_PORT,x",
    "PROSA_WORKER_CONCURRENCY,0",
    "PROSA_WORKER_CONCURRENCY,10001",
    "PROSA_WS_URL,localhost",
    "PROSA_WS_URL,/path",
    "PROSA_LOG_FORMAT,xml",
    "PROSA_AUTH,none",
    "AWS_REGION,a.b",
    "PROSA_BREAKER_ERRORS,0",
    "PROSA_SSM_ENDPOINT,ssm",
    "PROSA_ALLOWED_ORIGINS,'https://a.example,x'",
    "PROSA_PROMPTS,'a,b,a'",
    "PROSA_PROMPTS,'a,'",
    "PROSA_PROMPTS,Support",
    "PROSA_PROMPTS,a_b",
    "PROSA_PROMPTS,prosa",
    "PROSA_PROMPTS,abcdefghijklmnopqrstuvwxyzabcdefg",
    "PROSA_PROMPTS,'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u'"
  })
  void refuses_what_is_not_allowed(String key, String value) {
    assertThat(problems(Map.of(key, value))).startsWith(key + "=" + value + " is not allowed: ");
  }

  @Test
  void reads_names_in_their_order() {
    var settings = Settings.of(Map.of("PROSA_PROMPTS", " support-2, a "));

    assertThat(settings.names(Setting.PROMPTS)).containsExactly("support-2", "a");
    assertThat(Settings.of(Map.of()).names(Setting.PROMPTS)).isEmpty();
  }

  @Test
  void changes_one_setting() {
    var settings = Settings.of(Map.of()).with(Setting.HTTP_PORT, "1");

    assertThat(settings.number(Setting.HTTP_PORT)).isEqualTo(1);
  }

  @Test
  void says_which_setting_is_missing() {
    var settings = Settings.of(Map.of());

    assertThatThrownBy(() -> settings.text(Setting.WS_URL)).hasMessageContaining("PROSA_WS_URL");
  }
}
