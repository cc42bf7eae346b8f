package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be known of the workflows without running them.
class WorkflowsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path FOLDER = ROOT.resolve(".github/workflows");

  /// A whole commit, or a version of those whose owners are GitHub, AWS and HashiCorp.
  private static final Pattern PINNED =
      Pattern.compile(
          "\\./\\.github/workflows/[a-z-]+\\.yml"
              + "|(actions|aws-actions|hashicorp)/[a-z-]+@v\\d+"
              + "|[\\w-]+/[\\w-]+@[0-9a-f]{40}");

  static List<Path> workflows() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.toList();
    }
  }

  private static JsonNode read(Path workflow) throws IOException {
    return new YAMLMapper().readTree(workflow.toFile());
  }

  private static List<JsonNode> steps(JsonNode workflow) {
    return workflow.path("jobs").valueStream().flatMap(j -> j.path("steps").valueStream()).toList();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void rights_are_named_and_every_job_ends(Path file) throws IOException {
    var workflow = read(file);

    assertThat(workflow.at("/permissions/contents").asText()).isEqualTo("read");
    assertThat(workflow.path("on").has("pull_request_target"))
        .as("strangers' code beside our secrets")
        .isFalse();
    assertThat(workflow.path("jobs").valueStream().filter(job -> !job.has("uses")))
        .allSatisfy(job -> assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 60));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void what_others_wrote_is_pinned(Path file) throws IOException {
    var workflow = read(file);

    var used =
        Stream.concat(workflow.path("jobs").valueStream(), steps(workflow).stream())
            .filter(user -> user.has("uses"))
            .map(user -> user.path("uses").asText());
    assertThat(used)
        .allSatisfy(name -> {
          assertThat(name).matches(PINNED);
          if (name.startsWith("./")) {
            assertThat(ROOT.resolve(name)).isRegularFile();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void nothing_that_others_named_is_put_into_a_script(Path file) throws IOException {
    assertThat(steps(read(file)))
        .extracting(step -> step.path("run").asText())
        .noneMatch(script -> script.contains("${{"));
  }

  @Test
  void prod_is_deployed_after_staging_and_dev_and_asks_its_environment() throws IOException {
    var jobs = read(FOLDER.resolve("deploy.yml")).path("jobs");
    var deploy = read(FOLDER.resolve("deploy-stage.yml")).at("/jobs/deploy");

    assertThat(deploy.path("environment").asText()).isEqualTo("${{ inputs.stage }}");
    var waits = new ArrayList<String>();
    for (var job = "prod"; !job.isEmpty(); job = jobs.at("/" + job + "/needs").asText()) {
      waits.add(job);
    }
    assertThat(waits).containsExactly("prod", "staging", "dev", "check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"release.yml", "deploy-stage.yml"})
  void images_that_leave_are_told_what_they_are(String workflow) throws IOException {
    var builds =
        steps(read(FOLDER.resolve(workflow))).stream()
            .map(step -> step.path("run").asText())
            .filter(script -> script.contains("docker build"))
            .toList();

    assertThat(builds)
        .hasSize(1)
        .allSatisfy(script ->
            assertThat(script)
                .containsPattern("--build-arg VERSION=\"\\$\\{\\w+#v}\"")
                .contains("--build-arg REVISION=\"$GITHUB_SHA\""));
  }

  /// An object without a word about it stays at CloudFront for a day (Amazon CloudFront Developer
  /// Guide, "Manage how long content stays in the cache").
  @Test
  void the_page_is_uploaded_by_one_script_which_lets_nobody_keep_it() throws IOException {
    var page = Files.readString(ROOT.resolve("deploy/serverless/page.sh"));

    assertThat(page).contains("aws s3 sync --delete --cache-control no-cache \"$to\" \"s3://$2\"");
    assertThat(script("deploy-stage.yml", "Page")).contains("page.sh target/page \"$bucket\"");
    for (var other :
        List.of("deploy/README.md", "deploy/terraform/README.md", "docs/operations.md")) {
      assertThat(Files.readString(ROOT.resolve(other))).doesNotContain("s3 sync", "s3 cp");
    }
  }

  /// Whatever was said by hand would be undone by the next deployment.
  @Test
  void a_stage_is_deployed_with_its_own_parameters(@TempDir Path folder)
      throws IOException, InterruptedException {
    for (var stub : List.of("npm", "mvnw", "npx")) {
      var file = Files.writeString(folder.resolve(stub), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    var bash = new ProcessBuilder("bash", "-e", "-c", script("deploy-stage.yml", "Stack"));
    bash.directory(folder.toFile()).redirectErrorStream(true);
    bash.environment().put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
    bash.environment().put("STAGE", "prod");
    bash.environment()
        .put(
            "PROSA_PARAMETERS",
            "alarmEmail=ops@example.com\r\n\nsettings={\"PROSA_DEADLINE\": \"5m\"}");

    assertThat(said(bash).lines())
        .contains(
            "--param=alarmEmail=ops@example.com", "--param=settings={\"PROSA_DEADLINE\": \"5m\"}")
        .doesNotContain("--param=");
    var given = read(FOLDER.resolve("deploy-stage.yml")).at("/jobs/deploy/env/PROSA_PARAMETERS");
    assertThat(given.asText()).isEqualTo("${{ vars.PROSA_PARAMETERS }}");
  }

  private static String script(String workflow, String step) throws IOException {
    return steps(read(FOLDER.resolve(workflow))).stream()
        .filter(s -> s.path("name").asText().equals(step))
        .map(s -> s.path("run").asText())
        .collect(Collectors.joining());
  }

  @Test
  void release_notes_are_the_part_of_the_changelog() throws IOException, InterruptedException {
    assertThat(notes("Unreleased")).contains("### Added").doesNotContain("## Unreleased");
    assertThat(notes("99.0")).isEqualTo("release-notes: CHANGELOG.md has no section ## 99.0\n");
  }

  private static String notes(String version) throws IOException, InterruptedException {
    var script = ROOT.resolve("deploy/release-notes").toString();
    return said(new ProcessBuilder(script, version).redirectErrorStream(true));
  }

  private static String said(ProcessBuilder command) throws IOException, InterruptedException {
    var process = command.start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return text;
  }
}
