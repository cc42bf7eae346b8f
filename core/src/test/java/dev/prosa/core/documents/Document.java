package dev.prosa.core.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// A document and the schemas in it. Thread-safe.
final class Document {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonNode root;
  private final String dialectId;
  private final SchemaRegistry registry;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  /// @param dialect what its schemas are written in
  Document(String text, Dialect dialect) {
    try {
      this.root = YAMLMapper.builder().build().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e.getMessage(), e);
    }
    this.dialectId = dialect.getId();
    var strict = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    // it travels with every schema, see compile
    var known = Dialect.builder(dialect).keyword(new NonValidationKeyword("components")).build();
    this.registry =
        SchemaRegistry.withDefaultDialect(known, builder -> builder.schemaRegistryConfig(strict));
  }

  /// The document of that name in `docs`, which the build puts on the class path of the tests.
  static Document read(String name, Dialect dialect) {
    try (var in = Document.class.getResourceAsStream("/" + name)) {
      var bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new Document(new String(bytes, StandardCharsets.UTF_8), dialect);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode root() {
    return root;
  }

  /// The node itself, or the one that its `$ref` leads to.
  JsonNode follow(JsonNode node) {
    var ref = node.path("$ref");
    return ref.isTextual() ? follow(root.at(ref.textValue().substring(1))) : node;
  }

  /// What its own schemas have that their dialect does not allow; empty when all are schemas.
  List<Error> badSchemas() {
    var dialect = registry.getSchema(SchemaLocation.of(dialectId));
    return root.path("components")
        .path("schemas")
        .valueStream()
        .flatMap(schema -> dialect.validate(schema).stream())
        .toList();
  }

  /// What a value has that the schema does not allow; empty when it fits.
  List<Error> errors(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compile).validate(value);
  }

  /// References lead to `#/components`, so these travel along.
  private Schema compile(JsonNode schema) {
    var whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    return registry.getSchema(whole);
  }

  /// Reads JSON the way a careful client does.
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
