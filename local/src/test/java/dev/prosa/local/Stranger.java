package dev.prosa.local;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.documents.HttpAnswer;
import dev.prosa.core.documents.OpenApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A user who knows nothing of Prosa but its addresses and its documentation.
///
/// @param page where the HTTP API is
/// @param socket where the WebSocket gateway is
/// @param bearer the token
public record Stranger(String name, URI page, URI socket, String bearer) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int REPETITIONS = 5;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");

  /// Somebody in development mode.
  ///
  /// @param name everybody who calls themselves so is the same user
  public static Stranger of(String name, RunningChat chat) {
    return withToken("dev-" + name, name, chat);
  }

  /// Somebody with a token.
  ///
  /// @param token what proves the name
  public static Stranger withToken(String token, String name, RunningChat chat) {
    return new Stranger(name, chat.page(), chat.socket(), token);
  }

  /// Opens a WebSocket and waits until it is ready.
  public Ear listen() {
    return Ear.open(CLIENT, socket, token());
  }

  /// Opens a WebSocket as a page does, and waits until it is ready.
  public Ear listenWith(String ticket) {
    return Ear.openWith(CLIENT, socket, ticket);
  }

  /// Opens a WebSocket that may be closed at once.
  public Ear knock() {
    return Ear.connect(CLIENT, socket, token());
  }

  private String token() {
    return "Bearer " + bearer;
  }

  /// Sends a message and returns what was accepted.
  public JsonNode say(String content) {
    var body = "{\"content\":%s}".formatted(Json.quote(content));
    return accepted(post("/v1/messages", body, "Idempotency-Key", UUID.randomUUID().toString()));
  }

  /// Sends a message to the conversation of an earlier one.
  public JsonNode say(String content, JsonNode earlier) {
    return accepted(sayAtOnce(content, earlier).join());
  }

  public CompletableFuture<Answer> sayAtOnce(String content, JsonNode earlier) {
    var body =
        "{\"content\":%s,\"conversationId\":%s}"
            .formatted(Json.quote(content), earlier.path("conversationId"));
    var key = UUID.randomUUID().toString();
    return patiently(() -> send("POST", "/v1/messages", body, "Idempotency-Key", key), REPETITIONS);
  }

  private static JsonNode accepted(Answer answer) {
    if (answer.status() != 202) {
      throw new AssertionError("not accepted: " + answer);
    }
    return answer.body();
  }

  public Answer get(String path) {
    return patiently(() -> send("GET", path, ""), REPETITIONS).join();
  }

  /// Posts a body.
  ///
  /// @param headers names and values in turn
  public Answer post(String path, String body, String... headers) {
    return patiently(() -> send("POST", path, body, headers), REPETITIONS).join();
  }

  /// Sends, and again as long as the store is busy: a machine that runs many tests at once is slow.
  private static CompletableFuture<Answer> patiently(
      Supplier<CompletableFuture<Answer>> sending, int repetitions) {
    return sending
        .get()
        .thenCompose(answer ->
            repetitions > 0 && answer.text("code").equals("store_unavailable")
                ? patiently(sending, repetitions - 1)
                : CompletableFuture.completedFuture(answer));
  }

  public CompletableFuture<Answer> send(
      String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(page.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .setHeader("Content-Type", "application/json")
            .setHeader("Authorization", token());
    for (var i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return CLIENT
        .sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(response -> documented(body, response))
        .thenApply(Stranger::answer);
  }

  /// Holds an answer, and a request that succeeded, against `docs/openapi.yaml`.
  private static HttpResponse<String> documented(String body, HttpResponse<String> response) {
    var path = Objects.requireNonNull(response.uri().getRawPath());
    var operation = OpenApi.DOCUMENTED.find(response.request().method(), path);
    if (operation == null) {
      OpenApi.DOCUMENTED.requireProblem(response.body());
      return response;
    }
    var headers = new HashMap<String, String>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getLast()));
    OpenApi.DOCUMENTED.requireAnswer(
        operation, new HttpAnswer(response.statusCode(), headers, response.body()));
    if (response.statusCode() < 300) {
      OpenApi.DOCUMENTED.requireRequest(operation, body);
    }
    return response;
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers(),
        response.body().isEmpty() ? Json.read("{}") : Json.read(response.body()));
  }

  /// What the API says about a job.
  public JsonNode job(JsonNode accepted) {
    return get("/v1/jobs/" + accepted.path("jobId").asText()).body();
  }

  /// Asks for a job until it has ended.
  public JsonNode awaitEnd(JsonNode accepted) {
    return awaitEnd(accepted, PATIENCE);
  }

  public JsonNode awaitEnd(JsonNode accepted, Duration patience) {
    return await()
        .atMost(patience)
        .pollInterval(LOOK_AGAIN)
        .ignoreExceptionsMatching(e -> e.getCause() instanceof IOException)
        .until(() -> job(accepted), job -> ENDS.contains(job.path("state").asText()));
  }

  /// The messages of a conversation, oldest first.
  public Stream<JsonNode> messages(JsonNode accepted) {
    var id = accepted.path("conversationId").asText();
    var messages = get("/v1/conversations/%s/messages".formatted(id)).body().path("messages");
    return StreamSupport.stream(messages.spliterator(), false);
  }

  /// What was said in a conversation, oldest first.
  public Stream<String> said(JsonNode accepted) {
    return messages(accepted).map(message -> message.path("content").asText());
  }
}
