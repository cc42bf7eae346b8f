package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.turn.JobId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Prosa's HTTP API, one request at a time.
final class HttpApi implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REQUEST = Duration.ofSeconds(20);

  private final URI server;
  private final @Nullable String token;
  private final HttpClient http;

  /// @param token null when none is asked for
  HttpApi(URI server, @Nullable String token) {
    this.server = server;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  URI server() {
    return server;
  }

  Answer health() throws InterruptedException {
    return get("/v1/health");
  }

  Answer job(JobId job) throws InterruptedException {
    return get("/v1/jobs/" + job);
  }

  Answer conversations(int limit) throws InterruptedException {
    return get("/v1/conversations?limit=" + limit);
  }

  Answer messages(String conversation, int limit) throws InterruptedException {
    return get("/v1/conversations/" + conversation + "/messages?limit=" + limit);
  }

  /// Sends a message; the same key makes it the same message, however often it is sent.
  ///
  /// @param traceparent the W3C trace context of the message
  Answer post(JsonNode message, String idempotencyKey, String traceparent)
      throws InterruptedException {
    return send(
        request("/v1/messages")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .header("traceparent", traceparent)
            .POST(BodyPublishers.ofString(message.toString())));
  }

  /// Opens a WebSocket with a new ticket; null when that does not succeed.
  @Nullable HttpSocket connect(Inbox inbox) throws InterruptedException {
    var ticket =
        send(
            request("/v1/tickets")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    return ticket instanceof Answer.Served(JsonNode body)
        ? HttpSocket.open(
            http, URI.create(Frames.text(body, "url")), Frames.text(body, "ticket"), inbox)
        : null;
  }

  private Answer get(String path) throws InterruptedException {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(REQUEST)
            .header("Accept", "application/json");
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) throws InterruptedException {
    try {
      var body = BodyHandlers.ofString(StandardCharsets.UTF_8);
      return answer(http.send(request.build(), body));
    } catch (IOException nothingAnswers) {
      return new Answer.Unreachable();
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    var body = Frames.parse(response.body());
    if (response.statusCode() / 100 == 2) {
      return new Answer.Served(body);
    }
    var detail = Frames.text(body, "detail");
    return new Answer.Refused(
        response.statusCode(),
        detail.isEmpty() ? "The server answered " + response.statusCode() + "." : detail,
        retryAfter(response));
  }

  private static @Nullable Duration retryAfter(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(Integer::parseInt)
        .map(Duration::ofSeconds)
        .orElse(null);
  }

  /// Cuts what is under way.
  @Override
  public void close() {
    http.shutdownNow();
  }
}
