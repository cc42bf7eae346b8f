package dev.prosa.local.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A CloudFormation template, as `npx serverless package` writes it without any account.
///
/// @param root the document
record Template(JsonNode root) {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final int LIMIT_SECONDS = 300;
  private static final Map<String, Template> KNOWN = new ConcurrentHashMap<>();

  /// What is deployed to AWS. Skips the test when nothing here can tell.
  ///
  /// @param parameters what the command line says otherwise, such as `workerTasks=0`
  static Template of(String stage, String... parameters) {
    var words = Arrays.stream(parameters).map(parameter -> "--param=" + parameter).toList();
    return KNOWN.computeIfAbsent(stage + words, _ -> make(stage, words, Map.of()));
  }

  /// What is deployed into an emulator at that address.
  static Template ofEmulator(String stage) {
    var here = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
    return KNOWN.computeIfAbsent(stage + " in an emulator", _ -> make(stage, List.of(), here));
  }

  private static Template make(String stage, List<String> words, Map<String, String> environment) {
    assumeTrue(
        Files.exists(PROJECT.resolve("node_modules/osls")),
        "skipped: serverless.yml is not packaged, since there is no node_modules; npm ci makes it");
    assumeTrue(
        Files.exists(PROJECT.resolve("ingest-lambda/target/lambda.zip")),
        "skipped: serverless.yml is not packaged, since ingest-lambda was not; ./mvnw package");
    try {
      var folder = Files.createDirectories(Path.of("target/serverless"));
      var made = Files.createTempDirectory(folder, stage).toAbsolutePath();
      var command = new ArrayList<>(List.of("package", "--stage", stage));
      command.addAll(List.of("--package", made.toString()));
      command.addAll(words);
      var _ = serverless(command, environment);
      var file = made.resolve("cloudformation-template-update-stack.json");
      return new Template(JsonMapper.builder().build().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs `npx serverless` in the project, with nothing else of AWS in its environment.
  ///
  /// @return what it said
  static String serverless(List<String> words, Map<String, String> environment) throws IOException {
    var command = new ArrayList<>(List.of("npx", "serverless"));
    command.addAll(words);
    return run(command, environment);
  }

  /// Runs a command in the project, with nothing else of AWS in its environment.
  ///
  /// @return what it said
  /// @throws AssertionError with what it said, when it fails
  static String run(List<String> words, Map<String, String> environment) throws IOException {
    var command = new ProcessBuilder(words);
    command.directory(PROJECT.toFile()).redirectErrorStream(true);
    command.environment().keySet().removeIf(key -> key.startsWith("AWS_"));
    command.environment().putAll(environment);
    var process = command.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(words + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return said;
  }

  JsonNode resources() {
    return root.path("Resources");
  }

  /// The properties of a resource.
  JsonNode properties(String id) {
    return resources().path(id).path("Properties");
  }

  /// A property of a resource, as text.
  String value(String id, String property) {
    return properties(id).path(property).asText();
  }

  /// The types of all resources.
  Set<String> types() {
    return resources()
        .valueStream()
        .map(resource -> resource.path("Type").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The resources of a type, by their ids.
  ///
  /// @param type such as `AWS::SQS::Queue`
  Map<String, JsonNode> ofType(String type) {
    var found = new TreeMap<String, JsonNode>();
    resources()
        .properties()
        .forEach(entry -> {
          if (entry.getValue().path("Type").asText().equals(type)) {
            found.put(entry.getKey(), entry.getValue().path("Properties"));
          }
        });
    return found;
  }

  /// The functions, by the method and the path that lead to them.
  Map<String, JsonNode> functions() {
    var found = new TreeMap<String, JsonNode>();
    ofType("AWS::ApiGateway::Method")
        .values()
        .forEach(method -> {
          var route = method.path("HttpMethod").asText() + " " + path(method.path("ResourceId"));
          found.put(route, properties(functionOf(method)));
        });
    return found;
  }

  /// The function that a method calls.
  static String functionOf(JsonNode method) {
    return method.path("Integration").path("Uri").findPath("Fn::GetAtt").path(0).asText();
  }

  private String path(JsonNode resource) {
    var properties = properties(resource.path("Ref").asText());
    var parent = properties.path("ParentId");
    var above = parent.has("Ref") ? path(parent) : "";
    return above + "/" + properties.path("PathPart").asText();
  }

  /// What every function and both tasks are told, with something else for what is known in AWS
  /// only.
  List<Map<String, String>> environments() {
    var functions =
        ofType("AWS::Lambda::Function").values().stream()
            .map(function -> function.at("/Environment/Variables"))
            .map(variables ->
                variables
                    .propertyStream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> known(e.getValue()))));
    return Stream.concat(
            functions, Stream.of(environment("WorkerTask"), environment("GatewayTask")))
        .toList();
  }

  /// What a task is told.
  Map<String, String> environment(String task) {
    return container(task)
        .path("Environment")
        .valueStream()
        .collect(
            Collectors.toMap(
                pair -> pair.path("Name").asText(), pair -> known(pair.path("Value"))));
  }

  /// The container of a task.
  JsonNode container(String task) {
    return properties(task).at("/ContainerDefinitions/0");
  }

  /// Of a choice the last one.
  private static String known(JsonNode value) {
    var text = texts(value).reduce((_, last) -> last).orElse(value.asText());
    return text.replaceAll("\\$\\{[^}]*}", "x").replace("AWS::Region", "us-east-1");
  }

  /// All texts anywhere below a node.
  static Stream<String> texts(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.asText())
        : StreamSupport.stream(node.spliterator(), false).flatMap(Template::texts);
  }

  /// The statements of all policies of a role.
  Stream<JsonNode> statements(String role) {
    return StreamSupport.stream(properties(role).path("Policies").spliterator(), false)
        .flatMap(policy ->
            StreamSupport.stream(
                policy.path("PolicyDocument").path("Statement").spliterator(), false));
  }

  /// What a role may do with the table and the queues.
  Set<Right> rights(String role) {
    var rights = new TreeSet<Right>();
    statements(role)
        .forEach(statement -> {
          var on = name(statement.path("Resource"));
          if (on != null) {
            texts(statement.path("Action")).forEach(action -> rights.add(new Right(action, on)));
          }
        });
    return rights;
  }

  /// What [Right] calls a resource; null for what it has no name for, such as logs.
  private static @Nullable String name(JsonNode resource) {
    var text = texts(resource).findFirst().orElse("");
    return switch (text) {
      case "TurnsTable" -> "table";
      case "JobsQueue" -> "queue";
      case "DeadLetterQueue" -> "queue-dlq";
      default -> text.contains("/index/") ? text.substring(text.indexOf("index/")) : null;
    };
  }
}
