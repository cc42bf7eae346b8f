package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.Setting;
import dev.prosa.local.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// What must hold of `docker-compose.yml` and `Dockerfile`, as far as it can be read there.
class ContainersTest {

  private static final String DOCKERFILE = SourceTree.read("Dockerfile");

  private static final Map<String, Map<String, Object>> SERVICES = services();

  /// An emulator writes where it likes.
  private static final String EMULATOR = "aws";

  @SuppressWarnings("unchecked") // what is another kind fails the test
  private static Map<String, Map<String, Object>> services() {
    Map<String, Object> file = new Yaml().load(SourceTree.read("docker-compose.yml"));
    assertThat(file).as("docker-compose 1.29 refuses these").doesNotContainKeys("name");
    return (Map<String, Map<String, Object>>) file.getOrDefault("services", Map.of());
  }

  static Stream<String> hardened() {
    return SERVICES.keySet().stream().filter(name -> !name.equals(EMULATOR));
  }

  static Stream<String> built() {
    return SERVICES.keySet().stream().filter(name -> service(name).containsKey("build"));
  }

  private static Map<String, Object> service(String name) {
    return SERVICES.getOrDefault(name, Map.of());
  }

  @ParameterizedTest
  @MethodSource("hardened")
  void a_container_can_write_nothing_and_may_nothing(String name) {
    assertThat(service(name))
        .containsEntry("read_only", true)
        .containsEntry("tmpfs", List.of("/tmp"))
        .containsEntry("cap_drop", List.of("ALL"))
        .containsEntry("security_opt", List.of("no-new-privileges:true"))
        .containsKeys("mem_limit", "restart")
        .doesNotContainKeys("privileged", "cap_add", "network_mode");
  }

  @Test
  void ports_are_published_on_loopback_only() {
    assertThat(SERVICES.values().stream().map(service -> service.getOrDefault("ports", List.of())))
        .allSatisfy(
            ports -> assertThat(String.valueOf(ports)).matches("\\[]|\\[127\\.0\\.0\\.1:[^,]+]"));
  }

  @Test
  void the_emulator_is_the_last_one_without_an_account_unless_another_is_named() {
    assertThat(service(EMULATOR))
        .containsEntry("image", "${AWS_EMULATOR_IMAGE:-localstack/localstack:4.14.0}");
  }

  @Test
  void workers_and_gateways_are_two_and_have_time_to_end() {
    assertThat(service("worker"))
        .containsEntry("deploy", Map.of("replicas", 2))
        .containsEntry("stop_grace_period", "40s");
    assertThat(service("websocket-gateway")).containsEntry("deploy", Map.of("replicas", 2));
  }

  @ParameterizedTest
  @MethodSource("built")
  void a_service_understands_its_settings(String name) {
    var environment = new HashMap<String, String>();
    environment(name)
        .forEach((key, value) -> {
          if (value != null) {
            environment.put(key, withDefaults(value.toString()));
          } else if (key.startsWith("PROSA_")) {
            assertThat(Arrays.stream(Setting.values()).map(Setting::key)).contains(key);
          }
        });

    var configured = ProviderSettings.namesOf(environment);

    assertThat(configured.isOffline()).isEqualTo(environment.containsKey("LLM_DEFAULT"));
  }

  @SuppressWarnings("unchecked") // what is another kind fails the test
  private static Map<String, Object> environment(String name) {
    return (Map<String, Object>) service(name).getOrDefault("environment", Map.of());
  }

  /// What is left when the environment of `docker compose` says nothing.
  private static String withDefaults(String value) {
    return value.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
  }

  @Test
  void images_run_as_nobody_who_has_a_name_and_say_how_they_are() {
    assertThat(DOCKERFILE).containsOnlyOnce("\nUSER ").contains("\nUSER 10001:10001\n");
    assertThat(DOCKERFILE).contains("\nHEALTHCHECK --interval=").contains("dev.prosa.sbom=");
    assertThat(built().map(name -> "\nFROM %s AS " + name))
        .allSatisfy(stage ->
            assertThat(DOCKERFILE)
                .containsAnyOf(stage.formatted("service"), stage.formatted("ingest-http")));
  }

  @Test
  void images_are_labelled_with_what_they_were_built_from() {
    for (var name : List.of("VERSION", "REVISION")) {
      assertThat(DOCKERFILE)
          .contains("\nARG " + name + "=unknown\n")
          .contains("image.%s=\"$%s\"".formatted(name.toLowerCase(Locale.ROOT), name));
    }
  }

  @Test
  void images_are_made_from_two_public_ones() {
    var stages = found("(?m)^FROM \\S+ AS (\\S+)", DOCKERFILE);

    var bases = new HashSet<>(found("(?m)^FROM (\\S+)", DOCKERFILE));
    bases.removeAll(stages);

    assertThat(bases).containsExactlyInAnyOrder("eclipse-temurin:25-jdk", "debian:bookworm-slim");
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> String.valueOf(match.group(1)))
        .collect(Collectors.toSet());
  }

  /// DynamoDB Local has a licence of its own, and none of them is for production.
  @Test
  void no_image_has_an_embedded_server() {
    assertThat(modulesInImages())
        .contains("core", "worker", "ingest-lambda", "web")
        .doesNotContain("local", "bench")
        .allSatisfy(module ->
            assertThat(SourceTree.read(module + "/pom.xml"))
                .doesNotContainIgnoringCase("dynamodblocal")
                .doesNotContain("elasticmq", "embedded-redis"));
  }

  /// The chain of credentials takes the role of a Kubernetes service account with it. A function
  /// has its role, and starts the sooner without.
  @ParameterizedTest
  @ValueSource(strings = {"worker", "websocket-gateway", "ingest-http"})
  void an_image_can_take_the_role_of_a_service_account(String module) {
    assertThat(SourceTree.read(module + "/pom.xml"))
        .containsPattern(
            "<artifactId>sts</artifactId>\\s*<scope>runtime</scope>(?s:.*?)<artifactId>apache5-client<"
                + "(?s:.*?)<artifactId>netty-nio-client<");
    assertThat(modulesInImages()).contains(module);
  }

  @Test
  void a_function_is_not_made_larger_by_that() throws IOException {
    var artifact = Path.of("..", "ingest-lambda", "target", "lambda.zip");
    assumeTrue(Files.exists(artifact), "skipped: ingest-lambda was not packaged");
    try (var zip = new ZipFile(artifact.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .anyMatch(name -> name.startsWith("lib/dynamodb-"))
          .noneMatch(name -> name.startsWith("lib/sts-"));
    }
  }

  private static Set<String> modulesInImages() {
    var modules = new HashSet<String>();
    var left =
        new ArrayDeque<>(
            found("-pl ([\\w,-]+) -am", DOCKERFILE).stream()
                .flatMap(names -> Arrays.stream(names.split(",", -1)))
                .toList());
    while (!left.isEmpty()) {
      var module = left.pop();
      if (modules.add(module)) {
        left.addAll(ownDependencies(SourceTree.read(module + "/pom.xml")));
      }
    }
    return modules;
  }

  private static List<String> ownDependencies(String pom) {
    var dependency =
        Pattern.compile("<dependency>\\s*<groupId>dev.prosa</groupId>\\s*<artifactId>([\\w-]+)<");
    return dependency.matcher(pom).results().map(m -> String.valueOf(m.group(1))).toList();
  }
}
