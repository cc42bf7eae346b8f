package dev.prosa.local;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A user who knows nothing of Prosa but its addresses and its documentation.
///
/// @param page where the HTTP API is
/// @param socket where the WebSocket gateway is
/// @param bearer the token
record Stranger(String name, URI page, URI socket, String bearer) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");

  /// @param name everybody who calls themselves so is the same user
  static Stranger of(String name, RunningChat chat) {
    return withToken("dev-" + name, name, chat);
  }

  /// @param token what proves the name
  static Stranger withToken(String token, String name, RunningChat chat) {
    return new Stranger(name, chat.page(), chat.socket(), token);
  }

  /// Opens a WebSocket and waits until it is ready.
  Ear listen() {
    return Ear.open(CLIENT, socket, token());
  }

  /// Opens a WebSocket that may be closed at once.
  Ear knock() {
    return Ear.connect(CLIENT, socket, token());
  }

  private String token() {
    return "Bearer " + bearer;
  }

  /// Sends a message and returns what was accepted.
  JsonNode say(String content) {
    return accepted(post("/v1/messages", "{\"content\":%s}".formatted(Json.quote(content))));
  }

  /// Sends a message to the conversation of an earlier one.
  JsonNode say(String content, JsonNode earlier) {
    return accepted(sayAtOnce(content, earlier).join());
  }

  CompletableFuture<Answer> sayAtOnce(String content, JsonNode earlier) {
    var body =
        "{\"content\":%s,\"conversationId\":%s}"
            .formatted(Json.quote(content), earlier.path("conversationId"));
    return send("POST", "/v1/messages", body);
  }

  private static JsonNode accepted(Answer answer) {
    if (answer.status() != 202) {
      throw new AssertionError("not accepted: " + answer);
    }
    return answer.body();
  }

  Answer get(String path) {
    return send("GET", path, "").join();
  }

  /// @param headers names and values in turn
  Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers).join();
  }

  CompletableFuture<Answer> send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(page.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .setHeader("Content-Type", "application/json")
            .setHeader("Authorization", token());
    for (var i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Stranger::answer);
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers(),
        response.body().isEmpty() ? Json.read("{}") : Json.read(response.body()));
  }

  /// What the API says about a job.
  JsonNode job(JsonNode accepted) {
    return get("/v1/jobs/" + accepted.path("jobId").asText()).body();
  }

  /// Asks for a job until it has ended.
  JsonNode awaitEnd(JsonNode accepted) {
    return awaitEnd(accepted, PATIENCE);
  }

  JsonNode awaitEnd(JsonNode accepted, Duration patience) {
    return await()
        .atMost(patience)
        .pollInterval(LOOK_AGAIN)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> job(accepted), job -> ENDS.contains(job.path("state").asText()));
  }

  /// The messages of a conversation, oldest first.
  Stream<JsonNode> messages(JsonNode accepted) {
    var id = accepted.path("conversationId").asText();
    var messages = get("/v1/conversations/%s/messages".formatted(id)).body().path("messages");
    return StreamSupport.stream(messages.spliterator(), false);
  }

  /// What was said in a conversation, oldest first.
  Stream<String> said(JsonNode accepted) {
    return messages(accepted).map(message -> message.path("content").asText());
  }
}
