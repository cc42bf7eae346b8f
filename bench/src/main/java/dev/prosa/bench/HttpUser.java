package dev.prosa.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user of Prosa with one WebSocket, as a browser has it. Thread-safe.
final class HttpUser implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ACCEPTED = 202;

  private final HttpClient http;
  private final URI server;
  private final String token;
  private final HttpEars ears;

  private HttpUser(HttpClient http, URI server, String token, HttpEars ears) {
    this.http = http;
    this.server = server;
    this.token = token;
    this.ears = ears;
  }

  /// A message that was accepted.
  ///
  /// @param conversation where it is
  /// @param sentNanos when it was sent, as [System#nanoTime]
  /// @param acceptedNanos when the 202 came
  /// @param heard what comes of it
  record Sent(String conversation, long sentNanos, long acceptedNanos, Heard heard) {

    Duration untilAccepted() {
      return Duration.ofNanos(acceptedNanos - sentNanos);
    }

    Duration untilFirstText() throws InterruptedException {
      return Duration.ofNanos(heard.firstTextNanos() - sentNanos);
    }

    Duration untilCompleted() throws InterruptedException {
      return Duration.ofNanos(heard.completedNanos() - sentNanos);
    }
  }

  static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /// Connects; `name` tells users apart.
  static HttpUser connect(HttpClient http, URI server, String name) throws InterruptedException {
    var token = "Bearer dev-" + name;
    var ticket = post(http, server.resolve("/v1/tickets"), token, JSON.createObjectNode());
    var ears =
        HttpEars.open(
            http, URI.create(ticket.path("url").asText()), ticket.path("ticket").asText());
    return new HttpUser(http, server, token, ears);
  }

  /// Sends a message and waits for the 202.
  ///
  /// @param conversation where to append it; null begins a new one
  Sent send(String content, @Nullable String conversation) throws InterruptedException {
    var body = JSON.createObjectNode().put("content", content);
    if (conversation != null) {
      body.put("conversationId", conversation);
    }
    var sentNanos = System.nanoTime();
    var accepted = post(http, server.resolve("/v1/messages"), token, body);
    return new Sent(
        accepted.path("conversationId").asText(),
        sentNanos,
        System.nanoTime(),
        ears.of(accepted.path("jobId").asText()));
  }

  /// Posts something that is accepted, and returns the answer.
  static JsonNode post(HttpClient http, URI uri, String token, JsonNode body)
      throws InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(LIMIT)
            .header("Authorization", token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() > ACCEPTED) {
        throw new IllegalStateException(uri + " answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(uri + " did not answer JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(uri + " does not answer", e);
    }
  }

  @Override
  public void close() {
    ears.close();
  }
}
