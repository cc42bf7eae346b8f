package dev.prosa.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.PreflightHandler;
import dev.prosa.local.SourceTree;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `serverless.yml` promises, read from the template that is made of it.
class TemplateTest {

  /// A login is for the whole registry (Service Authorization Reference, Amazon ECR).
  private static final String LOGIN = "ecr:GetAuthorizationToken";

  private static final List<String> STAGES = List.of("dev", "staging", "prod");

  private final Template dev = Template.of("dev");

  @Test
  void every_route_has_a_function_and_every_function_a_route() {
    var routes = handlers();

    var deployed = new TreeMap<String, String>();
    dev.functions().forEach((route, f) -> deployed.put(route, f.path("Handler").asText()));
    deployed.keySet().removeIf(TemplateTest::isPreflight);

    assertThat(deployed).isEqualTo(new TreeMap<>(routes));
    assertThat(dev.ofType("AWS::Lambda::Function")).hasSize(Set.copyOf(routes.values()).size() + 1);
  }

  @Test
  void browsers_may_ask_about_every_path_what_other_pages_may_do() {
    var asked = new TreeMap<String, String>();
    dev.functions().forEach((route, f) -> asked.put(route, f.path("Handler").asText()));
    asked.keySet().removeIf(route -> !isPreflight(route));

    assertThat(asked.keySet())
        .isEqualTo(
            handlers().keySet().stream()
                .map(route -> route.replaceFirst("\\w+", "OPTIONS"))
                .collect(Collectors.toSet()));
    assertThat(asked.values()).containsOnly(PreflightHandler.class.getName());
  }

  private static boolean isPreflight(String route) {
    return route.startsWith("OPTIONS ");
  }

  @Test
  void functions_and_gateway_let_the_same_pages_in() {
    var gateway = dev.properties("GatewayTask").at("/ContainerDefinitions/0/Environment");
    var told =
        StreamSupport.stream(gateway.spliterator(), false)
            .filter(pair -> pair.path("Name").asText().equals("PROSA_ALLOWED_ORIGINS"))
            .map(pair -> pair.path("Value"))
            .toList();

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().toString()).contains("https://${Distribution.DomainName}");
    assertThat(dev.functions().values())
        .allSatisfy(function ->
            assertThat(function.at("/Environment/Variables/PROSA_ALLOWED_ORIGINS"))
                .isEqualTo(told.getFirst()));
  }

  @Test
  void every_route_is_found_under_the_name_of_the_page() {
    var behaviours = dev.properties("Distribution").at("/DistributionConfig/CacheBehaviors");
    var patterns =
        StreamSupport.stream(behaviours.spliterator(), false)
            .filter(behaviour -> behaviour.path("TargetOriginId").asText().equals("api"))
            .map(behaviour -> behaviour.path("PathPattern").asText().replace("*", ".*"))
            .toList();

    assertThat(handlers().keySet())
        .extracting(route -> route.replaceFirst("\\w+ ", ""))
        .allMatch(path -> patterns.stream().anyMatch(path::matches));
  }

  private static Map<String, String> handlers() {
    try (var parts = Lifecycle.create()) {
      var redis = parts.own("redis", RedisPool.open(URI.create("redis://127.0.0.1:1")));
      var settings = ProviderSettings.namesOf(Map.of());
      var ingest = IngestMain.connect(settings, redis, InstantSource.system(), parts);
      return IngestMain.routes(ingest).stream()
          .collect(
              Collectors.toMap(
                  route -> route.method() + " " + route.template(),
                  route -> route.handler().getClass().getName()));
    }
  }

  @Test
  void no_role_may_do_everything_or_something_to_everything() {
    for (var role : dev.ofType("AWS::IAM::Role").keySet()) {
      dev.statements(role)
          .forEach(statement -> {
            var actions = Template.texts(statement.path("Action")).toList();
            assertThat(actions).as(role).noneMatch(action -> action.contains("*"));
            if (!actions.equals(List.of(LOGIN))) {
              assertThat(Template.texts(statement.path("Resource")))
                  .as(role)
                  .noneMatch(resource -> resource.contains("*"));
            }
          });
    }
  }

  @Test
  void every_function_has_a_role_of_its_own() {
    var roles =
        dev.ofType("AWS::Lambda::Function").values().stream()
            .map(f -> f.path("Role").path("Fn::GetAtt").path(0).asText())
            .toList();

    assertThat(roles).doesNotHaveDuplicates().allMatch(dev.resources()::has);
  }

  /// Making network interfaces is the one thing that cannot be narrowed; AWS has a policy for it.
  @Test
  void managed_policies_are_for_network_interfaces_of_functions_in_the_network_only() {
    dev.ofType("AWS::Lambda::Function")
        .values()
        .forEach(function -> {
          var role = function.path("Role").path("Fn::GetAtt").path(0).asText();
          var managed = Template.texts(dev.properties(role).path("ManagedPolicyArns")).toList();
          assertThat(managed).hasSize(function.has("VpcConfig") ? 1 : 0);
          assertThat(managed)
              .allMatch(arn -> arn.endsWith(":policy/service-role/AWSLambdaENIManagementAccess"));
        });
    assertThat(List.of("WorkerRole", "GatewayRole", "WorkerStartRole", "GatewayStartRole"))
        .allMatch(role -> dev.resources().has(role))
        .noneMatch(role -> dev.properties(role).has("ManagedPolicyArns"));
  }

  @Test
  void the_api_calls_versions_that_start_from_a_snapshot() {
    var aliased =
        dev.ofType("AWS::Lambda::Alias").values().stream()
            .map(alias -> alias.path("FunctionName").path("Ref").asText())
            .collect(Collectors.toSet());

    for (var method : dev.ofType("AWS::ApiGateway::Method").values()) {
      assertThat(method.path("Integration").path("Uri").toString()).contains("\"snapstart\"");
      assertThat(aliased).contains(Template.functionOf(method));
    }
    assertThat(dev.ofType("AWS::Lambda::Function").values())
        .allSatisfy(f -> {
          assertThat(f.path("SnapStart").path("ApplyOn").asText()).isEqualTo("PublishedVersions");
          assertThat(f.path("Runtime").asText()).isEqualTo("java25");
        });
  }

  @Test
  void every_log_ends_some_day() {
    var groups = dev.ofType("AWS::Logs::LogGroup");

    assertThat(groups.values())
        .allSatisfy(group -> assertThat(group.path("RetentionInDays").asInt()).isEqualTo(14));
    assertThat(groups.values().stream().map(g -> g.path("LogGroupName").asText()))
        .containsAll(
            dev.ofType("AWS::Lambda::Function").values().stream()
                .map(f -> "/aws/lambda/" + f.path("FunctionName").asText())
                .toList())
        .contains("/prosa/dev/worker", "/prosa/dev/websocket-gateway");
  }

  @Test
  void what_is_kept_is_encrypted_and_the_table_can_go_back_in_time() {
    var table = dev.properties("TurnsTable");

    assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean())
        .isTrue();
    assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
    assertThat(dev.ofType("AWS::SQS::Queue").values())
        .hasSize(2)
        .allMatch(queue -> queue.path("SqsManagedSseEnabled").asBoolean());
    assertThat(dev.properties("Redis").path("TransitEncryptionEnabled").asBoolean()).isTrue();
    assertThat(dev.properties("Redis").path("AtRestEncryptionEnabled").asBoolean()).isTrue();
    assertThat(dev.ofType("AWS::S3::Bucket").values())
        .allMatch(bucket -> bucket.has("BucketEncryption"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeadLetterAlarm", "OldestMessageAlarm", "BreakerAlarm"})
  void somebody_hears_of_it(String alarm) {
    assertThat(dev.properties(alarm).path("AlarmActions").path(0).path("Ref").asText())
        .isEqualTo("AlarmTopic");
    assertThat(Template.ofEmulator("dev").resources().has(alarm)).isTrue();
  }

  @Test
  void the_alarms_are_about_the_right_things() {
    var dead = dev.properties("DeadLetterAlarm");
    var oldest = dev.properties("OldestMessageAlarm");
    var breaker = dev.properties("BreakerAlarm");
    var filter = dev.properties("BreakerOpens");

    assertThat(dead.path("Dimensions").toString()).contains("DeadLetterQueue");
    assertThat(dead.path("Threshold").asInt()).isZero();
    looksAtWhatWaits(oldest);
    assertThat(oldest.path("Threshold").asInt()).isEqualTo(10);
    assertThat(filter.path("FilterPattern").asText()).isEqualTo("{ $.to = \"open\" }");
    assertThat(filter.at("/MetricTransformations/0/MetricName"))
        .isEqualTo(breaker.path("MetricName"));
  }

  @Test
  void stages_differ_by_parameters_only() {
    var shapes =
        STAGES.stream().map(stage -> shape(Template.of(stage))).collect(Collectors.toSet());

    assertThat(shapes).hasSize(1);
  }

  /// The ids and types of all resources. Versions and deployments are called after what is in them.
  private static Map<String, String> shape(Template template) {
    var shape = new TreeMap<String, String>();
    template
        .resources()
        .properties()
        .forEach(entry -> {
          var type = entry.getValue().path("Type").asText();
          var id = entry.getKey();
          shape.put(
              Set.of("AWS::Lambda::Version", "AWS::ApiGateway::Deployment").contains(type)
                  ? id.replaceFirst("(Version|Deployment).*", "$1")
                  : id,
              type);
        });
    return shape;
  }

  @Test
  void workers_are_added_by_how_much_and_how_long_messages_wait() {
    var policies = dev.ofType("AWS::ApplicationAutoScaling::ScalingPolicy");

    assertThat(Objects.requireNonNull(policies.get("WorkerBacklogScaling")).toString())
        .contains("ApproximateNumberOfMessagesVisible", "waiting / workers");
    assertThat(dev.properties("WorkerAgeAlarm").path("AlarmActions").toString())
        .contains("WorkerAgeScaling");
    looksAtWhatWaits(dev.properties("WorkerAgeAlarm"));
  }

  /// The age alone would count a message for as long as it is being answered.
  private static void looksAtWhatWaits(JsonNode alarm) {
    assertThat(alarm.has("MetricName")).isFalse();
    var metrics = new TreeMap<String, String>();
    alarm
        .path("Metrics")
        .forEach(m ->
            metrics.put(
                m.path("Id").asText(),
                m.at("/MetricStat/Metric/MetricName").asText() + m.path("Expression").asText()));
    assertThat(metrics)
        .containsOnly(
            Map.entry("age", "ApproximateAgeOfOldestMessage"),
            Map.entry("visible", "ApproximateNumberOfMessagesVisible"),
            Map.entry("waiting", "IF(visible > 0, age, 0)"));
    assertThat(alarm.path("Metrics").toString()).contains("JobsQueue").doesNotContain("DeadLetter");
    assertThat(alarm.at("/Metrics/2/ReturnData").asBoolean()).isTrue();
  }

  @Test
  void in_an_emulator_is_nothing_that_only_aws_has() {
    var types =
        Template.ofEmulator("dev").resources().properties().stream()
            .map(entry -> entry.getValue().path("Type").asText())
            .collect(Collectors.toSet());

    assertThat(types)
        .noneMatch(type ->
            type.matches("AWS::(EC2|ECS|ECR|ElastiCache|CloudFront|ElasticLoadBalancingV2)::.*"));
    assertThat(types).contains("AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::Lambda::Function");
  }

  @Test
  void keys_of_providers_are_named_and_never_written_down() {
    assertThat(dev.environment("WorkerTask"))
        .containsEntry("OPENAI_API_KEY", "ssm:/prosa/dev/openai-api-key");
    assertThat(dev.environment("GatewayTask")).doesNotContainKey("OPENAI_API_KEY");
  }

  @ParameterizedTest
  @CsvSource({"WorkerService, NoWorkers", "GatewayService, NoGateways"})
  void a_deployment_leaves_the_number_of_tasks_to_their_scaling(String service, String condition) {
    var choice = dev.properties(service).at("/DesiredCount/Fn::If");

    assertThat(choice.path(0).asText()).isEqualTo(condition);
    assertThat(choice.path(1).asInt(-1)).isZero();
    assertThat(choice.path(2).path("Ref").asText()).isEqualTo("AWS::NoValue");
    assertThat(isTrue(dev, condition)).isFalse();
    assertThat(isTrue(Template.of("dev", "workerTasks=0", "gatewayTasks=0"), condition)).isTrue();
  }

  private static boolean isTrue(Template template, String condition) {
    var compared = template.root().path("Conditions").path(condition).path("Fn::Equals");
    assertThat(compared).hasSize(2).allMatch(JsonNode::isTextual);
    return compared.path(0).equals(compared.path(1));
  }

  /// CloudFormation takes them among the conditions only (AWS CloudFormation User Guide, "Condition
  /// functions").
  @ParameterizedTest
  @ValueSource(strings = {"Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"})
  void resources_only_choose_by_conditions(String function) {
    assertThat(dev.resources().findValues(function)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WorkerTask", "GatewayTask"})
  void tasks_write_nothing_but_to_tmp_and_say_how_they_are(String task) throws IOException {
    var container = dev.container(task);
    var health =
        Pattern.compile("HEALTHCHECK --[^\\[]*CMD (\\[.*])")
            .matcher(SourceTree.read("Dockerfile"))
            .results()
            .map(match -> String.valueOf(match.group(1)))
            .collect(Collectors.joining());

    assertThat(container.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.path("MountPoints").findValuesAsText("ContainerPath"))
        .containsExactly("/tmp");
    assertThat(Template.texts(container.at("/HealthCheck/Command")).skip(1))
        .as("after CMD what the Dockerfile has")
        .containsExactlyElementsOf(
            Template.texts(JsonMapper.builder().build().readTree(health)).toList());
  }
}
