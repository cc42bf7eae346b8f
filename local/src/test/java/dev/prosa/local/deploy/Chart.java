package dev.prosa.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// The Helm chart, and what a release of it consists of.
///
/// @param objects what Kubernetes would be given
record Chart(List<JsonNode> objects) {

  private static final Path FOLDER = Path.of("..", "deploy", "helm", "prosa");

  /// The oldest Kubernetes that the chart allows.
  private static final String OLDEST = "1.30.0";

  /// What nobody can guess for a company.
  static final String NEEDED =
      """
      image: {tag: 1.2.3}
      settings:
        PROSA_AUTH: jwt
        PROSA_JWT_ISSUER: https://issuer.example
        PROSA_JWT_AUDIENCE: prosa
        LLM_PROVIDERS: openai
      secrets:
        - {name: PROSA_REDIS_URL, secret: prosa-redis, key: url}
        - {name: OPENAI_API_KEY, secret: prosa-openai, key: key, services: [worker]}
      ingress: {host: chat.example.com}
      """;

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /// A release with all that is needed and these values.
  ///
  /// @param values by path, such as `worker.replicas`
  static Chart rendered(Map<String, Object> values) {
    return rendered(NEEDED, values);
  }

  /// A release with nothing but these values.
  ///
  /// @param needed a YAML document
  static Chart rendered(String needed, Map<String, Object> values) {
    try {
      var file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, needed);
        var command =
            new Helm(FOLDER)
                .template()
                .withName("chat")
                .withKubeVersion(OLDEST)
                .withValuesFile(file);
        values.forEach(command::set);
        return new Chart(documents(command.call()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> documents(String yaml) throws IOException {
    var mapper = new YAMLMapper();
    try (var parser = new YAMLFactory().createParser(yaml)) {
      return mapper.readValues(parser, JsonNode.class).readAll().stream()
          .filter(JsonNode::isObject)
          .toList();
    }
  }

  /// The names of all objects of a kind, in no order.
  List<String> names(String kind) {
    return ofKind(kind).stream().map(o -> o.at("/metadata/name").asText()).toList();
  }

  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(o -> o.path("kind").asText().equals(kind)).toList();
  }

  /// The object of a kind and name.
  JsonNode object(String kind, String name) {
    return ofKind(kind).stream()
        .filter(o -> o.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + objects));
  }

  /// The container of each Deployment.
  List<JsonNode> containers() {
    return ofKind("Deployment").stream().map(Chart::container).toList();
  }

  /// The one container of a Deployment.
  static JsonNode container(JsonNode deployment) {
    return deployment.at("/spec/template/spec/containers/0");
  }

  /// What the environment of a container names.
  static List<String> environment(JsonNode container) {
    return StreamSupport.stream(container.path("env").spliterator(), false)
        .map(variable -> variable.path("name").asText())
        .toList();
  }
}
