package dev.prosa.worker.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/// A small OpenAI client for the tests, over the JDK's HTTP client.
final class Chat implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Chat(OfflineModel model) {
    this.base = model.baseUri();
  }

  /// Asks for a stream with a usage count. The messages are of the user and the assistant in turn.
  Answer stream(String... messages) throws IOException, InterruptedException {
    var body = body(messages).put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    var response = http.send(request(body.toString()), BodyHandlers.ofString());
    return Answer.of(response);
  }

  HttpResponse<String> whole(String... messages) throws IOException, InterruptedException {
    return post(body(messages).toString());
  }

  HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return http.send(request(body), BodyHandlers.ofString());
  }

  HttpResponse<InputStream> open(String... messages) throws IOException, InterruptedException {
    var body = body(messages).put("stream", true).toString();
    return http.send(request(body), BodyHandlers.ofInputStream());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(base + path)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest request(String body) {
    return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static ObjectNode body(String... contents) {
    var body = JSON.createObjectNode().put("model", "any");
    var messages = body.putArray("messages");
    for (var content : List.of(contents)) {
      var role = messages.size() % 2 == 0 ? "user" : "assistant";
      messages.addObject().put("role", role).put("content", content);
    }
    return body;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
