package dev.prosa.worker.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A stream that was read to its end.
///
/// @param data what stood behind each `data:`
record Answer(int status, List<String> data) {

  static Answer of(HttpResponse<String> response) {
    var data =
        response
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring("data: ".length()))
            .toList();
    return new Answer(response.statusCode(), data);
  }

  /// All chunks, in order, without `[DONE]`.
  List<JsonNode> chunks() throws IOException {
    var chunks = new ArrayList<JsonNode>();
    for (var text : data) {
      if (!text.equals("[DONE]")) {
        chunks.add(Chat.JSON.readTree(text));
      }
    }
    return chunks;
  }

  String text() throws IOException {
    return chunks().stream()
        .map(chunk -> chunk.path("choices").path(0).path("delta").path("content").asText())
        .collect(Collectors.joining());
  }
}
