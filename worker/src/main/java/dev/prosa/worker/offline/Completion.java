package dev.prosa.worker.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// One answer in the JSON of the OpenAI API (API reference, "Chat completions", objects
/// `chat.completion` and `chat.completion.chunk`).
///
/// @param created seconds since 1970
/// @param promptTokens words of all messages; a stand-in for tokens
/// @param text the whole answer
record Completion(String id, long created, int promptTokens, String text) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static Completion of(ChatRequest request, long created, String text) {
    var id = "chatcmpl-offline-" + request.fingerprint().substring(0, 16);
    var prompt =
        request.messages().stream().mapToInt(message -> tokens(message.content()).size()).sum();
    return new Completion(id, created, prompt, text);
  }

  /// The words of a text, each with the white space behind it: joined they are the text again.
  static List<String> tokens(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("(?<=\\s)(?=\\S)"));
  }

  List<String> tokens() {
    return tokens(text);
  }

  ObjectNode roleChunk() {
    return chunk(NODES.objectNode().put("role", "assistant").put("content", ""), false);
  }

  ObjectNode contentChunk(String token) {
    return chunk(NODES.objectNode().put("content", token), false);
  }

  ObjectNode finalChunk() {
    return chunk(NODES.objectNode(), true);
  }

  ObjectNode usageChunk() {
    var chunk = envelope("chat.completion.chunk");
    chunk.putArray("choices");
    chunk.set("usage", usage());
    return chunk;
  }

  ObjectNode whole() {
    var whole = envelope("chat.completion");
    var choice = whole.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", "stop");
    whole.set("usage", usage());
    return whole;
  }

  private ObjectNode chunk(ObjectNode delta, boolean last) {
    var chunk = envelope("chat.completion.chunk");
    var choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", last ? "stop" : null);
    return chunk;
  }

  private ObjectNode envelope(String object) {
    return NODES
        .objectNode()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", OfflineModel.MODEL);
  }

  private ObjectNode usage() {
    return NODES
        .objectNode()
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", tokens().size())
        .put("total_tokens", promptTokens + tokens().size());
  }
}
