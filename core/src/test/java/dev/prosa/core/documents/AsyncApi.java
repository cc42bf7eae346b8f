package dev.prosa.core.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The protocol `prosa.v1` as it is documented. A frame that is not in there fails the test that
/// heard it. Thread-safe.
public final class AsyncApi {

  /// `docs/asyncapi.yaml`, whose schemas are of draft 7 (AsyncAPI 3.0.0, "Schema Object").
  public static final AsyncApi DOCUMENTED =
      new AsyncApi(Document.read("asyncapi.yaml", Dialects.getDraft7()));

  private static final String SERVER = "serverSends";
  private static final String CLIENT = "serverReceives";

  private final Document document;

  private AsyncApi(Document document) {
    this.document = document;
  }

  Document document() {
    return document;
  }

  /// The types of the frames that a server sends.
  public Set<String> serverTypes() {
    return types(SERVER);
  }

  /// The types of the frames that a server takes.
  public Set<String> clientTypes() {
    return types(CLIENT);
  }

  private Set<String> types(String operation) {
    var types = new TreeSet<String>();
    messages(operation).forEach(message -> types.add(type(message)));
    return types;
  }

  private List<JsonNode> messages(String operation) {
    var messages = new ArrayList<JsonNode>();
    document
        .root()
        .path("operations")
        .path(operation)
        .path("messages")
        .forEach(message -> messages.add(document.follow(message)));
    return messages;
  }

  private static String type(JsonNode message) {
    return message.path("payload").path("properties").path("type").path("const").asText();
  }

  /// The examples of what a client may say.
  public List<String> clientExamples() {
    return messages(CLIENT).stream()
        .flatMap(message -> message.path("examples").valueStream())
        .map(example -> example.path("payload").toString())
        .toList();
  }

  /// The values of a schema that is an `enum`.
  public Set<String> values(String schema) {
    var values = new TreeSet<String>();
    var found = document.root().path("components").path("schemas").path(schema);
    found.path("enum").forEach(value -> values.add(value.asText()));
    return values;
  }

  /// The close codes by their names in lower case.
  public SortedMap<String, Integer> closeCodes() {
    var codes = new TreeMap<String, Integer>();
    closes().forEach(close -> codes.put(close.path("name").asText(), close.path("code").asInt()));
    return codes;
  }

  private JsonNode closes() {
    return document.root().path("channels").path("socket").path("x-close-codes");
  }

  /// Holds a frame against what servers say.
  ///
  /// @throws AssertionError when no server says this
  public void requireFromServer(String frame) {
    require(SERVER, frame);
  }

  /// Holds a frame against what clients say.
  ///
  /// @throws AssertionError when no client says this
  public void requireFromClient(String frame) {
    require(CLIENT, frame);
  }

  private void require(String operation, String frame) {
    var json = Document.json(frame);
    var type = json.path("type").asText();
    var message = messages(operation).stream().filter(m -> type(m).equals(type)).findFirst();
    if (message.isEmpty()) {
      throw new AssertionError("no such type in docs/asyncapi.yaml: " + frame);
    }
    var errors = document.errors(message.get().path("payload"), json);
    if (!errors.isEmpty()) {
      throw new AssertionError("not as docs/asyncapi.yaml says: %s%n%s".formatted(errors, frame));
    }
  }

  /// Every example in the document, with what is wrong about it.
  List<String> badExamples() {
    var bad = new ArrayList<String>();
    for (var message : document.root().path("components").path("messages")) {
      for (var example : message.path("examples")) {
        document
            .errors(message.path("payload"), example.path("payload"))
            .forEach(error -> bad.add(example + ": " + error));
      }
    }
    return bad;
  }
}
