package dev.prosa.core.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The HTTP API as it is documented. What was said and is not in there fails the test that heard
/// it. Thread-safe.
public final class OpenApi {

  /// `docs/openapi.yaml`, whose schemas are of draft 2020-12 (OpenAPI 3.1.0, "Schema Object").
  public static final OpenApi DOCUMENTED =
      new OpenApi(Document.read("openapi.yaml", Dialects.getDraft202012()));

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "patch", "delete", "head", "options", "trace");

  /// What any answer may carry, whatever its route, and what HTTP itself adds.
  private static final Set<String> HEADERS_OF_ALL =
      Set.of(
          "access-control-allow-origin",
          "access-control-expose-headers",
          "allow",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "date",
          "referrer-policy",
          "transfer-encoding",
          "vary",
          "x-content-type-options");

  private final Document document;

  private OpenApi(Document document) {
    this.document = document;
  }

  Document document() {
    return document;
  }

  /// Every method of every path.
  public SortedSet<Operation> operations() {
    var all = new TreeSet<Operation>();
    for (var path : document.root().path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          all.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey()));
        }
      }
    }
    return all;
  }

  /// The operation that serves a path; null when none does.
  ///
  /// @param path without its query
  public @Nullable Operation find(String method, String path) {
    var found = operations().stream().filter(o -> o.matches(method, path)).toList();
    return found.stream()
        .filter(o -> !o.hasVariables())
        .findFirst()
        .orElse(found.isEmpty() ? null : found.getFirst());
  }

  /// The values of a schema that is an `enum`.
  public Set<String> values(String schema) {
    var values = new TreeSet<String>();
    schema(schema).path("enum").forEach(value -> values.add(value.asText()));
    return values;
  }

  private JsonNode schema(String name) {
    return document.root().path("components").path("schemas").path(name);
  }

  /// Holds the body of a request against the document.
  ///
  /// @throws AssertionError when it is none that the operation takes
  public void requireRequest(Operation operation, String body) {
    var wanted = node(operation).path("requestBody");
    if (!wanted.isMissingNode()) {
      var schema = wanted.path("content").path("application/json").path("schema");
      refuse("the request of " + operation, body, problems(schema, body));
    }
  }

  /// Holds a body against what every problem document has in common.
  ///
  /// @throws AssertionError when it is no problem document
  public void requireProblem(String body) {
    refuse("a problem", body, problems(schema("Problem"), body));
  }

  /// Holds an answer against the document.
  ///
  /// @throws AssertionError when the status, a header or the body is not documented so
  public void requireAnswer(Operation operation, HttpAnswer answer) {
    var response =
        document.follow(node(operation).path("responses").path(Integer.toString(answer.status())));
    var what = "%d of %s".formatted(answer.status(), operation);
    if (response.isMissingNode()) {
      throw new AssertionError(what + " is not in docs/openapi.yaml: " + answer.body());
    }
    var problems = new ArrayList<>(problems(response.path("headers"), answer));
    problems.addAll(content(response.path("content"), answer));
    refuse(what, answer.body(), problems);
  }

  private JsonNode node(Operation operation) {
    return document
        .root()
        .path("paths")
        .path(operation.template())
        .path(operation.method().toLowerCase(Locale.ROOT));
  }

  private List<String> content(JsonNode content, HttpAnswer answer) {
    if (content.isMissingNode()) {
      return answer.body().isEmpty() ? List.of() : List.of("it has a body");
    }
    var type = content.path(answer.mediaType());
    if (type.isMissingNode()) {
      return List.of("its media type is '%s'".formatted(answer.mediaType()));
    }
    return answer.mediaType().endsWith("json")
        ? problems(type.path("schema"), answer.body())
        : List.of();
  }

  private List<String> problems(JsonNode documented, HttpAnswer answer) {
    var problems = new ArrayList<String>();
    for (var header : documented.properties()) {
      var node = document.follow(header.getValue());
      var value = answer.header(header.getKey());
      if (value != null) {
        document
            .errors(node.path("schema"), TextNode.valueOf(value))
            .forEach(error -> problems.add(header.getKey() + ": " + error.getMessage()));
      } else if (node.path("required").asBoolean()) {
        problems.add(header.getKey() + " is missing");
      }
    }
    var known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(HEADERS_OF_ALL);
    documented.fieldNames().forEachRemaining(known::add);
    answer.headers().keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add("the header " + name + " is not documented"));
    return problems;
  }

  private List<String> problems(JsonNode schema, String body) {
    return document.errors(schema, Document.json(body)).stream().map(Object::toString).toList();
  }

  private static void refuse(String what, String body, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new AssertionError(
          "%s is not as docs/openapi.yaml says:%n  %s%n%s"
              .formatted(what, String.join("%n  ".formatted(), problems), body));
    }
  }

  /// Every example in the document that stands beside a schema, with what is wrong about it.
  List<String> badExamples() {
    var bad = new ArrayList<String>();
    for (var content : document.root().findValues("content")) {
      for (Map.Entry<String, JsonNode> type : content.properties()) {
        var example = type.getValue().path("example");
        if (!example.isMissingNode()) {
          document
              .errors(type.getValue().path("schema"), example)
              .forEach(error -> bad.add(example + ": " + error));
        }
      }
    }
    return bad;
  }
}
