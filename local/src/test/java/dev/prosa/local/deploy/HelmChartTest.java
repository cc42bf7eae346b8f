package dev.prosa.local.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmChartTest {

  private static final List<String> SERVICES =
      List.of("chat-worker", "chat-gateway", "chat-ingest-http");

  @Test
  void lint_finds_nothing() {
    var result = Chart.lint();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void each_service_is_deployed_and_outlives_the_emptying_of_a_node() {
    var chart = Chart.rendered(Map.of());

    assertThat(chart.names("Deployment")).containsExactlyInAnyOrderElementsOf(SERVICES);
    assertThat(chart.names("PodDisruptionBudget")).containsExactlyInAnyOrderElementsOf(SERVICES);
    assertThat(chart.names("Service"))
        .as("a worker is asked by nobody")
        .containsExactlyInAnyOrder("chat-gateway", "chat-ingest-http");
    assertThat(chart.ofKind("Deployment"))
        .allSatisfy(deployment -> assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2));
  }

  @Test
  void what_selects_pods_is_what_pods_are_labelled_with() {
    var chart = Chart.rendered(Map.of());

    for (var service : SERVICES) {
      var deployment = chart.object("Deployment", service);
      var labels = deployment.at("/spec/template/metadata/labels");
      var selector = deployment.at("/spec/selector/matchLabels");
      assertThat(selector.properties()).isNotEmpty().isSubsetOf(labels.properties());
      assertThat(chart.object("PodDisruptionBudget", service).at("/spec/selector/matchLabels"))
          .isEqualTo(selector);
    }
    assertThat(chart.object("Service", "chat-gateway").at("/spec/selector"))
        .isEqualTo(chart.object("Deployment", "chat-gateway").at("/spec/selector/matchLabels"))
        .isNotEqualTo(chart.object("Deployment", "chat-worker").at("/spec/selector/matchLabels"));
  }

  @Test
  void containers_have_no_rights() {
    var chart = Chart.rendered(Map.of());

    assertThat(chart.containers())
        .hasSize(3)
        .allSatisfy(container -> {
          var rights = container.path("securityContext");
          assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).isTrue();
          assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
          assertThat(rights.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
          assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        });
    assertThat(chart.ofKind("Deployment"))
        .allSatisfy(deployment -> {
          var pod = deployment.at("/spec/template/spec");
          assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
          assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
          assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        });
  }

  @ParameterizedTest
  @CsvSource({"startupProbe", "readinessProbe", "livenessProbe"})
  void containers_are_asked_on_their_status_port(String probe) {
    var chart = Chart.rendered(Map.of());

    assertThat(chart.containers())
        .allSatisfy(container -> {
          assertThat(container.at("/" + probe + "/httpGet/path").asText()).isEqualTo("/health");
          assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("status");
          assertThat(port(container, "status")).isEqualTo(value(container, Setting.STATUS_PORT));
        });
  }

  @Test
  void ports_are_those_that_services_listen_on() {
    var chart = Chart.rendered(Map.of());

    var gateway = Chart.container(chart.object("Deployment", "chat-gateway"));
    assertThat(port(gateway, "ws")).isEqualTo(Setting.WS_PORT.fallback());
    var ingest = Chart.container(chart.object("Deployment", "chat-ingest-http"));
    assertThat(port(ingest, "http")).isEqualTo(Setting.HTTP_PORT.fallback());
    assertThat(chart.containers())
        .allSatisfy(c -> assertThat(value(c, Setting.HOST)).isEqualTo("0.0.0.0"));
  }

  private static String port(JsonNode container, String name) {
    for (var port : container.path("ports")) {
      if (port.path("name").asText().equals(name)) {
        return port.path("containerPort").asText();
      }
    }
    throw new AssertionError("no port " + name + " in " + container);
  }

  private static String value(JsonNode container, Setting setting) {
    for (var variable : container.path("env")) {
      if (variable.path("name").asText().equals(setting.key())) {
        return variable.path("value").asText();
      }
    }
    throw new AssertionError("no " + setting.key() + " in " + container);
  }

  @Test
  void settings_are_those_there_are() {
    var known = Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toSet());

    assertThat(Chart.rendered(Map.of()).containers())
        .allSatisfy(container ->
            assertThat(Chart.environment(container))
                .doesNotHaveDuplicates()
                .filteredOn(name -> !name.equals("OPENAI_API_KEY"))
                .isSubsetOf(known));
  }

  @Test
  void the_charts_own_page_may_call_unless_others_are_named() {
    var other = Map.<String, Object>of("settings.PROSA_ALLOWED_ORIGINS", "https://www.example.com");

    assertThat(origins(Chart.rendered(Map.of()))).containsOnly("https://chat.example.com");
    assertThat(origins(Chart.rendered(other))).containsOnly("https://www.example.com");
  }

  private static List<String> origins(Chart chart) {
    return chart.containers().stream().map(c -> value(c, Setting.ALLOWED_ORIGINS)).toList();
  }

  @Test
  void a_release_that_no_page_may_call_is_refused() {
    var values =
        Map.<String, Object>of(
            "ingress.host", "", "settings.PROSA_WS_URL", "wss://chat.example.com/ws");

    assertThatThrownBy(() -> Chart.rendered(values))
        .hasMessageContaining("PROSA_ALLOWED_ORIGINS is missing");
  }

  /// Numbers of a file are floats to Helm, and those of a command line are not.
  @Test
  void numbers_and_flags_of_a_file_stay_as_they_are_written() {
    var needed =
        Chart.NEEDED.replace(
            "settings:\n",
            "settings:\n  PROSA_USER_TOKENS_PER_DAY: 10000000\n  PROSA_LOOPBACK_ONLY: false\n");

    assertThat(Chart.rendered(needed, Map.of()).containers())
        .hasSize(3)
        .allSatisfy(container -> {
          assertThat(value(container, Setting.USER_TOKENS_PER_DAY)).isEqualTo("10000000");
          assertThat(value(container, Setting.LOOPBACK_ONLY)).isEqualTo("false");
        });
  }

  @Test
  void each_service_has_an_account_of_its_own() {
    var chart =
        Chart.rendered(
            Map.of(
                "worker.serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn", "arn:worker"));

    assertThat(chart.names("ServiceAccount")).containsExactlyInAnyOrderElementsOf(SERVICES);
    for (var service : SERVICES) {
      assertThat(account(chart, service)).isEqualTo(service);
      var annotations = chart.object("ServiceAccount", service).at("/metadata/annotations");
      assertThat(annotations.path("eks.amazonaws.com/role-arn").asText())
          .isEqualTo(service.equals("chat-worker") ? "arn:worker" : "");
    }
  }

  @Test
  void an_account_that_exists_is_used() {
    var chart =
        Chart.rendered(
            Map.of("gateway.serviceAccount.create", false, "gateway.serviceAccount.name", "ours"));

    assertThat(chart.names("ServiceAccount"))
        .containsExactlyInAnyOrder("chat-worker", "chat-ingest-http");
    assertThat(account(chart, "chat-gateway")).isEqualTo("ours");
  }

  private static String account(Chart chart, String deployment) {
    return chart
        .object("Deployment", deployment)
        .at("/spec/template/spec/serviceAccountName")
        .asText();
  }

  @Test
  void secrets_are_references_and_only_where_they_are_needed() {
    var chart = Chart.rendered(Map.of());

    assertThat(chart.ofKind("Secret")).isEmpty();
    for (var service : SERVICES) {
      var container = Chart.container(chart.object("Deployment", service));
      assertThat(Chart.environment(container)).contains(Setting.REDIS_URL.key());
      assertThat(Chart.environment(container).contains("OPENAI_API_KEY"))
          .isEqualTo(service.equals("chat-worker"));
    }
    var redis =
        chart.containers().getFirst().path("env").findParents("valueFrom").stream()
            .filter(v -> v.path("name").asText().equals(Setting.REDIS_URL.key()))
            .findFirst()
            .orElseThrow();
    assertThat(redis.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("prosa-redis");
    assertThat(redis.has("value")).isFalse();
  }

  @Test
  void workers_follow_the_queue_with_keda() {
    var url = "https://sqs.us-east-1.amazonaws.com/000000000000/prosa-jobs";

    var chart =
        Chart.rendered(
            Map.of("worker.autoscaling.kind", "keda", "worker.autoscaling.queueUrl", url));

    var scaled = chart.object("ScaledObject", "chat-worker");
    assertThat(scaled.at("/spec/scaleTargetRef/name").asText()).isEqualTo("chat-worker");
    var trigger = scaled.at("/spec/triggers/0");
    assertThat(trigger.path("type").asText()).isEqualTo("aws-sqs-queue");
    assertThat(trigger.at("/metadata/queueURL").asText()).isEqualTo(url);
    assertThat(trigger.at("/metadata/queueLength").asInt())
        .as("one worker's share of what waits or is answered")
        .isLessThan(Integer.parseInt(requireNonNull(Setting.WORKER_CONCURRENCY.fallback())));
    assertThat(chart.names("TriggerAuthentication"))
        .containsExactly(trigger.at("/authenticationRef/name").asText());
    assertThat(chart.object("Deployment", "chat-worker").at("/spec/replicas").isMissingNode())
        .as("an upgrade must not undo what keda did")
        .isTrue();
    endOneByOne(scaled.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"));
  }

  @ParameterizedTest
  @CsvSource({"worker, chat-worker", "gateway, chat-gateway", "ingestHttp, chat-ingest-http"})
  void services_follow_their_processor_time_with_an_hpa(String part, String name) {
    var chart = Chart.rendered(Map.of(part + ".autoscaling.kind", "hpa"));

    assertThat(chart.names("HorizontalPodAutoscaler")).containsExactly(name);
    var target = chart.object("HorizontalPodAutoscaler", name).at("/spec/scaleTargetRef/name");
    assertThat(target.asText()).isEqualTo(name);
    assertThat(chart.object("Deployment", name).at("/spec/replicas").isMissingNode()).isTrue();
    endOneByOne(chart.object("HorizontalPodAutoscaler", name).at("/spec/behavior"));
  }

  /// What is left has the time of a reply before the next one ends.
  private static void endOneByOne(JsonNode behavior) {
    var reply = Settings.of(Map.of()).duration(Setting.LLM_TOTAL).toSeconds();
    var down = behavior.path("scaleDown");
    assertThat(down.path("stabilizationWindowSeconds").asLong()).isGreaterThan(reply);
    assertThat(down.path("policies")).hasSize(1);
    assertThat(down.at("/policies/0/type").asText()).isEqualTo("Pods");
    assertThat(down.at("/policies/0/value").asInt()).isEqualTo(1);
    assertThat(down.at("/policies/0/periodSeconds").asLong()).isGreaterThanOrEqualTo(reply);
  }

  @Test
  void one_host_serves_the_page_and_the_web_sockets() {
    var chart = Chart.rendered(Map.of("ingress.enabled", true, "ingress.tlsSecret", "chat-tls"));

    var paths = chart.object("Ingress", "chat").at("/spec/rules/0/http/paths");
    assertThat(paths.findValuesAsText("path")).containsExactly("/ws", "/");
    for (var path : paths) {
      var backend = path.at("/backend/service");
      var service = chart.object("Service", backend.path("name").asText());
      assertThat(service.path("spec").path("ports").findValuesAsText("name"))
          .containsExactly(backend.at("/port/name").asText());
    }
    assertThat(chart.containers())
        .allSatisfy(
            c -> assertThat(value(c, Setting.WS_URL)).isEqualTo("wss://chat.example.com/ws"));
  }

  @Test
  void only_watchers_reach_a_worker_when_the_network_is_closed() {
    var chart = Chart.rendered(Map.of("networkPolicy.enabled", true));

    assertThat(chart.names("NetworkPolicy")).containsExactlyInAnyOrderElementsOf(SERVICES);
    var worker = chart.object("NetworkPolicy", "chat-worker").at("/spec/ingress");
    assertThat(worker.findValuesAsText("port")).containsExactly("status");
    var gateway = chart.object("NetworkPolicy", "chat-gateway").at("/spec/ingress");
    assertThat(Set.copyOf(gateway.findValuesAsText("port"))).isEqualTo(Set.of("ws", "status"));
  }

  @Test
  void images_come_from_the_registry_that_is_named() {
    var values = Map.<String, Object>of("image.registry", "registry.example", "image.tag", "1.2.3");

    assertThat(Chart.rendered(values).containers())
        .extracting(container -> container.path("image").asText())
        .containsExactlyInAnyOrder(
            "registry.example/prosa/worker:1.2.3",
            "registry.example/prosa/websocket-gateway:1.2.3",
            "registry.example/prosa/ingest-http:1.2.3");
    assertThat(Chart.rendered(values).ofKind("Deployment"))
        .allSatisfy(deployment ->
            assertThat(deployment.at("/metadata/labels/app.kubernetes.io~1version").asText())
                .isEqualTo("1.2.3"));
  }

  @ParameterizedTest
  @CsvSource({
    "settings.PROSA_AUTH, development, believes everybody",
    "settings.PROSA_JWT_ISSUER, '', PROSA_JWT_ISSUER is missing",
    "settings.PROSA_JWT_AUDIENCE, '', PROSA_JWT_AUDIENCE is missing",
    "ingress.host, '', PROSA_WS_URL is missing",
    "image.tag, '', image.tag is missing",
    "worker.serviceAccount.create, false, serviceAccount.name of worker is missing",
    "worker.autoscaling.kind, keda, queueUrl is missing",
    "gateway.autoscaling.kind, keda, /gateway/autoscaling/kind",
    "worker.replica, 3, replica",
    "settings.prosa_auth, jwt, prosa_auth",
  })
  void a_release_that_could_not_start_is_refused(String path, String value, String why) {
    assertThatThrownBy(() -> Chart.rendered(Map.of(path, value))).hasMessageContaining(why);
  }

  @Test
  void a_release_without_redis_is_refused() {
    var needed =
        """
        image: {tag: 1.2.3}
        settings: {PROSA_JWT_ISSUER: "https://issuer.example", PROSA_JWT_AUDIENCE: prosa}
        ingress: {host: chat.example.com}
        """;

    assertThatThrownBy(() -> Chart.rendered(needed, Map.of()))
        .hasMessageContaining("PROSA_REDIS_URL is missing");
  }
}
