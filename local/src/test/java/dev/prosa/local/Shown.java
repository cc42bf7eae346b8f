package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;

/// What a client shows of one reply when it follows the protocol.
final class Shown {

  private final StringBuilder text = new StringBuilder();
  private int attempt;

  /// Takes the deltas of a job in the order in which they came.
  ///
  /// @return this
  Shown hear(Iterable<JsonNode> deltas) {
    deltas.forEach(this::hear);
    return this;
  }

  private void hear(JsonNode delta) {
    if (delta.path("attempt").asInt() > attempt) {
      attempt = delta.path("attempt").asInt();
      text.setLength(0);
    }
    if (delta.path("attempt").asInt() == attempt && delta.path("offset").asInt() == text.length()) {
      text.append(delta.path("text").asText());
    }
  }

  String text() {
    return text.toString();
  }

  /// The message that asks for the rest.
  String resume(JsonNode accepted) {
    return "{\"type\":\"resume\",\"jobs\":[{\"jobId\":%s,\"attempt\":%d,\"length\":%d}]}"
        .formatted(accepted.path("jobId"), attempt, text.length());
  }
}
