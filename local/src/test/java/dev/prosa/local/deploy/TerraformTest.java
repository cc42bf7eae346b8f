package dev.prosa.local.deploy;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `terraform validate` would say as far as it can be known without the providers, and that
/// both ways to AWS lead to the same place.
class TerraformTest {

  private static final Terraform TERRAFORM = Terraform.read();

  /// What a type of CloudFormation is called in Terraform, where it is not the same in other
  /// letters; empty where it is a part of another resource.
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("ApiGateway::Method", "aws_api_gateway_rest_api_put"),
          Map.entry("ApiGateway::Resource", "aws_api_gateway_rest_api_put"),
          Map.entry("ApplicationAutoScaling::ScalableTarget", "aws_appautoscaling_target"),
          Map.entry("ApplicationAutoScaling::ScalingPolicy", "aws_appautoscaling_policy"),
          Map.entry("CloudWatch::Alarm", "aws_cloudwatch_metric_alarm"),
          Map.entry("EC2::InternetGateway", "aws_internet_gateway"),
          Map.entry("EC2::Route", ""),
          Map.entry("EC2::SubnetRouteTableAssociation", "aws_route_table_association"),
          Map.entry("EC2::VPCGatewayAttachment", ""),
          Map.entry("ElasticLoadBalancingV2::LoadBalancer", "aws_lb"),
          Map.entry("Lambda::Version", ""),
          Map.entry("Logs::LogGroup", "aws_cloudwatch_log_group"),
          Map.entry("Logs::MetricFilter", "aws_cloudwatch_log_metric_filter"),
          Map.entry("SecretsManager::Secret", "random_password"),
          Map.entry("SNS::Subscription", "aws_sns_topic_subscription"));

  /// The services that are called otherwise there.
  private static final Map<String, String> SERVICES =
      Map.of("EC2", "", "ElasticLoadBalancingV2", "lb");

  @Test
  void everything_that_is_named_exists() {
    assertThat(TERRAFORM.definitions().keySet())
        .hasSizeGreaterThan(100)
        .allSatisfy(name ->
            assertThat(TERRAFORM.definitions().keySet())
                .as("what %s refers to", name)
                .containsAll(TERRAFORM.references(name)));
  }

  @Test
  void everything_that_is_defined_is_used() {
    var used =
        TERRAFORM.definitions().keySet().stream()
            .flatMap(name -> TERRAFORM.references(name).stream())
            .collect(Collectors.toSet());

    assertThat(TERRAFORM.definitions().keySet())
        .filteredOn(name -> name.matches("(local|var|data)\\..*"))
        .isSubsetOf(used);
  }

  @Test
  void nothing_waits_for_itself() {
    assertThat(TERRAFORM.definitions().keySet())
        .allSatisfy(name -> assertThat(TERRAFORM.waitsFor(name)).doesNotContain(name));
  }

  @Test
  void every_kind_of_resource_of_serverless_yml_is_there() {
    var expected =
        Template.of("dev").types().stream()
            .map(type -> type.substring("AWS::".length()))
            .map(TerraformTest::terraformName)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());

    assertThat(TERRAFORM.types()).extracting(TerraformTest::joined).containsAll(expected);
  }

  /// Without what words are joined by: CloudFront is `cloudfront` in one place and `cloud_front`
  /// nowhere.
  private static String terraformName(String type) {
    var other = OTHER_NAMES.get(type);
    if (other != null) {
      return joined(other);
    }
    var parts = type.split("::", 2);
    return joined("aws" + SERVICES.getOrDefault(parts[0], parts[0]) + parts[1]);
  }

  private static String joined(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void stages_have_the_values_that_they_have_in_serverless_yml(String stage) {
    var values = TERRAFORM.values(stage);
    var template = Template.of(stage);

    assertThat(values)
        .containsEntry("log_days", template.value("WorkerLogs", "RetentionInDays"))
        .containsEntry("redis_node", "\"" + template.value("Redis", "CacheNodeType") + "\"")
        .containsEntry("redis_nodes", template.value("Redis", "NumCacheClusters"))
        .containsEntry("task_cpu", template.value("WorkerTask", "Cpu"))
        .containsEntry("task_memory", template.value("WorkerTask", "Memory"))
        .containsEntry("worker_tasks", range(template, "WorkerScaling"))
        .containsEntry("gateway_tasks", range(template, "GatewayScaling"))
        .containsEntry("backlog_per_worker", backlog(template))
        .containsEntry("oldest_message_seconds", template.value("OldestMessageAlarm", "Threshold"));
  }

  @Test
  void the_same_paths_lead_to_the_same_places() {
    var behaviours =
        Template.of("dev").properties("Distribution").at("/DistributionConfig/CacheBehaviors");
    var expected = new ArrayList<String>();
    behaviours.forEach(behaviour ->
        expected.add(
            "{ path = \"%s\", origin = \"%s\" }"
                .formatted(
                    behaviour.path("PathPattern").asText(),
                    behaviour.path("TargetOriginId").asText())));

    assertThat(
            Pattern.compile("\\{[^}]*}")
                .matcher(TERRAFORM.definitions().getOrDefault("local.behaviours", ""))
                .results()
                .map(MatchResult::group))
        .isEqualTo(expected);
  }

  private static String range(Template template, String target) {
    return "{ least = %s, most = %s }"
        .formatted(template.value(target, "MinCapacity"), template.value(target, "MaxCapacity"));
  }

  private static String backlog(Template template) {
    return template
        .properties("WorkerBacklogScaling")
        .at("/TargetTrackingScalingPolicyConfiguration/TargetValue")
        .asText();
  }

  @ParameterizedTest
  @CsvSource({"worker, WorkerRole", "gateway, GatewayRole"})
  void a_task_may_do_what_it_may_there(String document, String role) {
    var statements = TERRAFORM.statements(document);

    assertThat(statements.stream().flatMap(Terraform.Statement::rights))
        .containsExactlyInAnyOrderElementsOf(dev().rights(role));
    assertThat(statements.stream().flatMap(statement -> statement.actions().stream()))
        .as("with what is no right to table and queues")
        .containsExactlyInAnyOrderElementsOf(actions(role));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WorkerStartRole", "GatewayStartRole"})
  void ecs_may_do_what_it_may_there(String role) {
    assertThat(TERRAFORM.statements("start").stream().flatMap(s -> s.actions().stream()))
        .containsExactlyInAnyOrderElementsOf(actions(role));
  }

  private static List<String> actions(String role) {
    return dev().statements(role).flatMap(s -> Template.texts(s.path("Action"))).toList();
  }

  @Test
  void tasks_are_kept_from_writing_and_asked_how_they_are_as_there() throws IOException {
    var container = dev().container("WorkerTask");
    var task = text("aws_ecs_task_definition.this");

    assertThat(task).containsPattern("readonlyRootFilesystem\\s*= true");
    var health = container.path("HealthCheck");
    for (var number : List.of("Interval", "Timeout", "Retries", "StartPeriod")) {
      var name = number.substring(0, 1).toLowerCase(Locale.ROOT) + number.substring(1);
      assertThat(task).containsPattern(name + "\\s*= " + health.path(number).asInt() + "\n");
    }
    for (var word : health.path("Command")) {
      assertThat(task).contains(JsonMapper.builder().build().writeValueAsString(word));
    }
  }

  @Test
  void the_alarms_about_age_look_at_what_waits_and_tell_of_the_end() {
    var alarm = dev().properties("OldestMessageAlarm");

    assertThat(text("aws_cloudwatch_metric_alarm.age"))
        .contains("\"" + alarm.at("/Metrics/2/Expression").asText() + "\"", "local.age_alarms");
    assertThat(text("local.age_metrics"))
        .containsPattern("age\\s*= \"" + metric(alarm, 0) + "\"")
        .containsPattern("visible\\s*= \"" + metric(alarm, 1) + "\"");
    var names = text("local.age_alarms").split("scale-by-age", 2);
    assertThat(names[0])
        .containsPattern("ends\\s*= \\[aws_sns_topic.alarms.arn]")
        .containsPattern("periods\\s*= " + alarm.path("EvaluationPeriods").asInt() + "\n");
    assertThat(names[1])
        .containsPattern("begins\\s*= \\[aws_appautoscaling_policy.worker_age.arn]")
        .containsPattern(
            "periods\\s*= " + dev().value("WorkerAgeAlarm", "EvaluationPeriods") + "\n");
  }

  private static String metric(JsonNode alarm, int index) {
    return alarm.at("/Metrics/" + index + "/MetricStat/Metric/MetricName").asText();
  }

  /// `default` is one of the things that API Gateway warns of, and a warning fails here.
  @Test
  void answers_of_the_api_have_a_number() {
    assertThat(text("aws_api_gateway_rest_api_put.routes")).contains("fail_on_warnings = true");
    assertThat(text("local.operations")).containsPattern("responses = \\{ \"\\d{3}\" = ");
  }

  @Test
  void the_stack_itself_sets_what_it_does_there_and_a_stage_the_rest() {
    var there = new TreeSet<String>();
    for (var task : List.of("WorkerTask", "GatewayTask")) {
      there.addAll(Template.of("dev", "jwtTenantClaim=tenant").environment(task).keySet());
    }
    there.remove("OPENAI_API_KEY");
    var here = new TreeSet<String>();
    for (var name : List.of("local.settings", "local.task_settings", "local.tasks")) {
      var key = Pattern.compile("(?m)^\\s+([A-Z_]+)\\s+= ").matcher(text(name));
      key.results().forEach(match -> here.add(String.valueOf(match.group(1))));
    }
    assertThat(here).isEqualTo(there);

    var refused = text("var.settings").replaceFirst("(?s)^.*setintersection", "");
    there.remove("AWS_REGION");
    assertThat(Terraform.quoted(refused.substring(0, refused.indexOf(']')))).isEqualTo(there);
    assertThat(text("local.settings")).contains("}, var.settings)");
  }

  /// Skips the test when nothing here can tell.
  private static Template dev() {
    return Template.of("dev");
  }

  private static String text(String name) {
    return TERRAFORM.definitions().getOrDefault(name, "");
  }

  @Test
  void the_page_is_served_with_the_same_headers_and_names() {
    var template = Template.of("dev");
    var policy =
        template
            .properties("PageHeaders")
            .at(
                "/ResponseHeadersPolicyConfig/SecurityHeadersConfig/ContentSecurityPolicy/ContentSecurityPolicy")
            .asText();
    var names = template.properties("PageNames").path("FunctionCode").asText();

    assertThat(
            TERRAFORM
                .definitions()
                .getOrDefault("local.content_security_policy", "")
                .replaceAll("\",\\s*\"", " "))
        .contains(policy);
    assertThat(
            TERRAFORM
                .definitions()
                .getOrDefault("aws_cloudfront_function.page_names", "")
                .replaceAll("(?m)^    ", ""))
        .contains(names);
  }

  @Test
  void files_are_formatted() throws IOException, InterruptedException {
    assumeTrue(isInstalled(), "skipped: there is no terraform on the PATH");
    var format =
        new ProcessBuilder("terraform", "fmt", "-check", "-recursive", ".")
            .directory(Terraform.FOLDER.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var said = new String(format.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(format.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).as("files that are not").isEmpty();
    assertThat(format.exitValue()).isZero();
  }

  private static boolean isInstalled() {
    return Arrays.stream(
            requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "terraform")));
  }
}
