package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What functions and tasks in AWS are told, and what a stage may tell them.
class StageSettingsTest {

  /// On the command line a map is JSON; in serverless.yml it is YAML.
  private static final String SETTINGS =
      """
      settings={"PROSA_USER_REQUESTS_PER_MINUTE":60,"OPENAI_PRICES":"0.25/2.00"}\
      """;

  private final Template dev = Template.of("dev");
  private final Template configured = Template.of("dev", "jwtTenantClaim=tenant", SETTINGS);

  @Test
  void what_a_stage_sets_reaches_every_function_and_task() {
    var environments = configured.environments();

    assertThat(environments)
        .hasSize(dev.ofType("AWS::Lambda::Function").size() + 2)
        .allSatisfy(environment ->
            assertThat(environment)
                .containsEntry(Setting.JWT_TENANT_CLAIM.key(), "tenant")
                .containsEntry(Setting.USER_REQUESTS_PER_MINUTE.key(), "60")
                .containsEntry("OPENAI_PRICES", "0.25/2.00"));
    assertThat(dev.environments())
        .as("what nobody sets has the program's default")
        .noneMatch(environment -> environment.containsKey(Setting.JWT_TENANT_CLAIM.key()));
  }

  /// Also a misspelt setting of a stage is found here: the programs refuse what they do not know.
  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void the_programs_understand_what_they_are_told(String stage) {
    var template = Template.of(stage);

    for (var environment : template.environments()) {
      assertThat(ProviderSettings.namesOf(environment).isOffline()).isFalse();
    }
    assertThat(ProviderSettings.of(template.environment("WorkerTask")).providers()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PROSA_TABLE, is set by the stack itself",
    "PROSA_STATUS_PORT, is set by the stack itself",
    "AWS_REGION, is no setting",
    "prosa_deadline, is no setting",
    "OPENAI_API_KEY, would be written down",
  })
  void a_stage_cannot_set_what_is_not_its_own(String key, String why) {
    var merged =
        "require('./deploy/serverless/settings.js').merged({ PROSA_TABLE: 'ours' }, { %s: 'theirs' })"
            .formatted(key);

    assertThatThrownBy(() -> Template.run(List.of("node", "-e", merged), Map.of()))
        .hasMessageContaining("settings: " + key + " " + why);
  }
}
