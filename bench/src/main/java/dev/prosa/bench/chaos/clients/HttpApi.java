package dev.prosa.bench.chaos.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.chaos.evidence.Signature;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The HTTP API as one user calls it. Thread-safe.
///
/// @param addresses where it is
/// @param owner who calls
record HttpApi(HttpClient http, Crowd.Addresses addresses, String owner, Journal journal) {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int ACCEPTED = 202;

  /// What a message has become.
  record Accepted(String job, String conversation) {}

  /// Hands a message in; null when it has to be handed in again.
  @Nullable Accepted post(int question, String key, @Nullable String conversation)
      throws InterruptedException {
    var body = JSON.createObjectNode().put("content", Signature.prompt(question));
    if (conversation != null) {
      body.put("conversationId", conversation);
    }
    journal.note(Kind.POST, e -> e.put("owner", owner).put("question", question).put("key", key));
    var answer = post("/v1/messages", body, key);
    if (answer == null) {
      return null;
    }
    var accepted =
        new Accepted(answer.path("jobId").asText(), answer.path("conversationId").asText());
    journal.note(
        Kind.ACCEPTED,
        e ->
            e.put("owner", owner)
                .put("question", question)
                .put("key", key)
                .put("job", accepted.job()));
    return accepted;
  }

  /// A ticket for one WebSocket; null when there is none now.
  @Nullable String ticket() throws InterruptedException {
    var answer = post("/v1/tickets", JSON.createObjectNode(), "");
    return answer == null ? null : answer.path("ticket").asText();
  }

  /// Asks for a job to be stopped.
  void cancel(String job) throws InterruptedException {
    journal.note(Kind.CANCEL, e -> e.put("owner", owner).put("job", job));
    var _ = post("/v1/jobs/" + job + "/cancel", JSON.createObjectNode(), "");
  }

  /// Where a job stands; null when nobody answers.
  @Nullable JsonNode job(String job) throws InterruptedException {
    var request = request("/v1/jobs/" + job).GET().build();
    return send(request);
  }

  private @Nullable JsonNode post(String path, ObjectNode body, String key)
      throws InterruptedException {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(addresses.api().resolve(path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer dev-" + owner);
  }

  private @Nullable JsonNode send(HttpRequest request) throws InterruptedException {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() <= ACCEPTED ? JSON.readTree(answer.body()) : null;
    } catch (IOException nobodyThere) {
      return null;
    }
  }
}
