package dev.prosa.worker.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A streamed completion as server-sent events, word by word.
///
/// A write to a client that has left throws an `IOException`, which ends the stream.
final class EventStream {

  private final HttpExchange exchange;
  private final Completion completion;
  private final Pace pace;

  EventStream(HttpExchange exchange, Completion completion, Pace pace) {
    this.exchange = exchange;
    this.completion = completion;
    this.pace = pace;
  }

  /// Sends everything up to `[DONE]`.
  void sendAll(boolean includeUsage) throws IOException {
    send(completion.tokens());
    event(completion.finalChunk());
    if (includeUsage) {
      event(completion.usageChunk());
    }
    data("[DONE]");
    exchange.close();
  }

  /// Sends the first words only and leaves the stream open.
  void sendStart(int words) throws IOException {
    var tokens = completion.tokens();
    send(tokens.subList(0, Math.min(words, tokens.size())));
  }

  private void send(List<String> tokens) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.sendResponseHeaders(200, 0);
    Pause.of(pace.firstToken());
    event(completion.roleChunk());
    for (var i = 0; i < tokens.size(); i++) {
      if (i > 0) {
        Pause.of(pace.perToken());
      }
      event(completion.contentChunk(tokens.get(i)));
    }
  }

  private void event(JsonNode json) throws IOException {
    data(json.toString());
  }

  private void data(String text) throws IOException {
    var out = exchange.getResponseBody();
    out.write(("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
