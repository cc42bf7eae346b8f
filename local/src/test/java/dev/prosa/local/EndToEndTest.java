package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.local.embedded.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole chat, seen by users who know nothing but its addresses. Every test is another user.
class EndToEndTest {

  /// A worker that hears nothing finds out after 10 s.
  private static final Duration SOONER_THAN_A_HEARTBEAT = Duration.ofSeconds(6);

  @TempDir private static Path data;
  private static EmbeddedServer sqs;
  private static RunningChat chat;

  /// The queues are on a server of the test, so that it can look into them.
  @BeforeAll
  static void start() {
    sqs = EmbeddedServer.elasticMqInMemory(0);
    chat = Chats.start(data, Map.of("PROSA_SQS_ENDPOINT", sqs.uri().toString()));
  }

  @AfterAll
  static void stop() {
    chat.close();
    sqs.close();
  }

  @AtOnce
  void a_question_is_accepted_and_answered_in_the_order_of_the_protocol() {
    var reader = Stranger.of("reader", chat);
    try (var ear = reader.listen()) {
      var accepted = reader.say("Hello");

      ear.awaitEnd(accepted);

      assertThat(ear.frames().getFirst().path("type").asText()).isEqualTo("connection.ready");
      assertThat(ear.types(accepted).stream().distinct())
          .containsExactly("reply.started", "reply.delta", "reply.completed");
      assertThat(accepted.path("status").asText()).isEqualTo("accepted");
      assertThat(accepted.path("delivery").asText()).isEqualTo("push");
    }
  }

  @AtOnce
  void what_is_shown_is_what_is_stored() {
    var reader = Stranger.of("comparer", chat);
    try (var ear = reader.listen()) {
      var accepted = reader.say("Compare this");

      var content = ear.awaitEnd(accepted).path("content").asText();

      assertThat(new Shown().hear(ear.deltas(accepted)).text())
          .isNotEmpty()
          .isEqualTo(joined(ear.deltas(accepted)))
          .satisfies(live -> assertThat(content).startsWith(live));
      assertThat(reader.job(accepted).path("reply").path("content").asText()).isEqualTo(content);
      assertThat(reader.said(accepted)).containsExactly("Compare this", content);
    }
  }

  private static String joined(List<JsonNode> deltas) {
    var text = new StringBuilder();
    deltas.forEach(delta -> text.append(delta.path("text").asText()));
    return text.toString();
  }

  @AtOnce
  void every_delta_says_its_attempt_and_its_offset() {
    var reader = Stranger.of("counter", chat);
    try (var ear = reader.listen()) {
      var accepted = reader.say("/echo 👋 one two three four five six seven eight nine");

      ear.awaitEnd(accepted);

      assertThat(ear.deltas(accepted))
          .isNotEmpty()
          .allSatisfy(delta -> assertThat(delta.path("attempt").asInt()).isEqualTo(1))
          .allSatisfy(delta -> assertThat(delta.path("offset").isInt()).isTrue());
      assertThat(ear.deltas(accepted).getFirst().path("offset").asInt()).isZero();
    }
  }

  @AtOnce
  void the_second_turn_sees_the_first() {
    var talker = Stranger.of("talker", chat);
    var first = talker.say("/echo the first answer");
    talker.awaitEnd(first);

    var second = talker.awaitEnd(talker.say("And now?", first));

    assertThat(second.path("reply").path("content").asText())
        .contains("This is turn 2 of our conversation: I was given 2 earlier messages.");
  }

  @AtOnce
  void every_socket_of_a_user_hears_the_reply() {
    var owner = Stranger.of("owner-of-two", chat);
    try (var one = owner.listen();
        var other = owner.listen()) {
      var accepted = owner.say("/echo to both of them");

      assertThat(one.awaitEnd(accepted)).isEqualTo(other.awaitEnd(accepted));
      assertThat(other.await("reply.started", accepted).path("prompt").asText())
          .isEqualTo("/echo to both of them");
    }
  }

  @AtOnce
  void nobody_else_hears_the_reply_or_can_resume_it() {
    var owner = Stranger.of("private", chat);
    try (var eavesdropper = Stranger.of("eavesdropper", chat).listen()) {
      var accepted = owner.say("/echo a secret");
      owner.awaitEnd(accepted);

      eavesdropper.say(new Shown().resume(accepted));

      var refusal = eavesdropper.await(frame -> frame.path("type").asText().equals("error"));
      assertThat(refusal.path("code").asText()).isEqualTo("not_found");
      assertThat(eavesdropper.frames()).hasSize(2); // ready and the refusal
      assertThat(eavesdropper.frames().toString()).doesNotContain("secret");
    }
  }

  @AtOnce
  void nobody_else_finds_the_job_or_the_conversation() {
    var owner = Stranger.of("finder", chat);
    var accepted = owner.say("/echo mine");
    owner.awaitEnd(accepted);
    var job = "/v1/jobs/" + accepted.path("jobId").asText();
    var conversation = "/v1/conversations/" + accepted.path("conversationId").asText();

    var other = Stranger.of("other", chat);

    assertThat(other.get(job).status()).isEqualTo(404);
    assertThat(other.post(job + "/cancel", "").status()).isEqualTo(404);
    assertThat(other.get(conversation + "/messages").status()).isEqualTo(404);
    assertThat(other.sayAtOnce("Hello", accepted).join().status()).isEqualTo(404);
    assertThat(other.get("/v1/conversations").body().path("conversations")).isEmpty();
  }

  @AtOnce
  void a_dropped_socket_resumes_without_a_gap_or_a_double() {
    var reader = Stranger.of("commuter", chat);
    var content = words(240);
    var shown = new Shown();
    var accepted = beginAndMissSome(reader, "/echo " + content, shown);
    var length = shown.text().length();

    try (var ear = reader.listen()) {
      ear.say(shown.resume(accepted));
      ear.awaitEnd(accepted);

      assertThat(offsets(ear, accepted)).contains(length).allMatch(offset -> offset >= length);
      assertThat(content).startsWith(shown.hear(ear.deltas(accepted)).text());
      assertThat(shown.text()).hasSizeGreaterThan(content.length() / 2);
    }
  }

  /// Asks, listens for a moment, drops the socket, and comes back when more was written.
  private static JsonNode beginAndMissSome(Stranger reader, String question, Shown shown) {
    try (var witness = reader.listen()) {
      var accepted = begin(reader, question, shown);
      witness.awaitText(accepted, 10);
      return accepted;
    }
  }

  private static JsonNode begin(Stranger reader, String question, Shown shown) {
    try (var ear = reader.listen()) {
      var accepted = reader.say(question);
      ear.awaitText(accepted, 3);
      shown.hear(ear.deltas(accepted));
      return accepted;
    }
  }

  private static List<Integer> offsets(Ear ear, JsonNode accepted) {
    return ear.deltas(accepted).stream().map(delta -> delta.path("offset").asInt()).toList();
  }

  private static String words(int count) {
    return String.join(" ", IntStream.range(0, count).mapToObj(i -> "word" + i).toList());
  }

  @AtOnce
  void a_reply_that_is_cut_begins_again_and_comes_whole() {
    var reader = Stranger.of("cut", chat);
    try (var ear = reader.listen()) {
      var accepted = reader.say("/cut once");

      var end = ear.awaitEnd(accepted);

      assertThat(ear.types(accepted)).containsOnlyOnce("job.waiting");
      assertThat(ear.deltas(accepted).stream().map(d -> d.path("attempt").asInt()).distinct())
          .containsExactly(1, 2);
      assertThat(end.path("attempt").asInt()).isEqualTo(2);
      assertThat(end.path("content").asText())
          .startsWith(new Shown().hear(ear.deltas(accepted)).text())
          .containsOnlyOnce("/cut once");
    }
  }

  @AtOnce
  void a_reply_that_always_fails_is_given_up_and_lies_in_the_dead_letter_queue() {
    var reader = Stranger.of("unlucky", chat);
    try (var ear = reader.listen();
        var letters = new DeadLetters(sqs.uri())) {
      var accepted = reader.say("/fail for good");

      var failed = ear.awaitEnd(accepted);

      assertThat(failed.path("type").asText()).isEqualTo("job.failed");
      assertThat(failed.path("code").asText()).isEqualTo("provider_unavailable");
      assertThat(Collections.frequency(ear.types(accepted), "job.waiting")).isEqualTo(3);
      assertThat(reader.job(accepted).path("state").asText()).isEqualTo("FAILED");
      assertThat(DeadLetters.attributes(letters.await(accepted)))
          .containsEntry("errorCode", "provider_unavailable")
          .containsEntry("attempts", "4")
          .containsEntry("provider", "offline");
    }
  }

  @AtOnce
  void a_repeated_request_is_one_job() {
    var hasty = Stranger.of("hasty", chat);
    var body = "{\"content\":\"/echo once\"}";

    var first = hasty.post("/v1/messages", body, "Idempotency-Key", "k-1");
    var again = hasty.post("/v1/messages", body, "Idempotency-Key", "k-1");
    var other = hasty.post("/v1/messages", "{\"content\":\"x\"}", "Idempotency-Key", "k-1");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text("jobId")).isEqualTo(first.text("jobId"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("code")).isEqualTo("idempotency_conflict");
    hasty.awaitEnd(first.body());
    assertThat(hasty.said(first.body())).containsExactly("/echo once", "once");
  }

  @AtOnce
  void two_messages_at_once_are_answered_one_after_the_other() {
    var hasty = Stranger.of("double-texter", chat);
    var first = hasty.say("/echo begin");
    hasty.awaitEnd(first);

    var both = List.of(hasty.sayAtOnce("What?", first), hasty.sayAtOnce("And how?", first));
    both.forEach(sent -> hasty.awaitEnd(sent.join().body()));

    var said = hasty.said(first).toList();
    assertThat(said).hasSize(6);
    assertThat(said.get(2) + said.get(4)).contains("What?", "And how?");
    assertThat(said.get(3)).contains("This is turn 2 ").contains("> " + said.get(2));
    assertThat(said.get(5)).contains("This is turn 3 ").contains("given 4 earlier messages");
  }

  @AtOnce
  void a_stopped_reply_keeps_what_was_written() {
    var reader = Stranger.of("stopper", chat);
    try (var ear = reader.listen()) {
      var accepted = reader.say("/slow and stop");
      ear.awaitText(accepted, 3);

      var answer = reader.post("/v1/jobs/%s/cancel".formatted(idOf(accepted)), "");

      assertThat(answer.status()).isEqualTo(202);
      var kept = ear.await("job.cancelled", accepted).path("content").asText();
      assertThat(kept).startsWith(new Shown().hear(ear.deltas(accepted)).text()).isNotEmpty();
      assertThat(reader.job(accepted).path("state").asText()).isEqualTo("CANCELLED");
      assertThat(reader.job(accepted).path("reply").path("content").asText()).isEqualTo(kept);
    }
  }

  private static String idOf(JsonNode accepted) {
    return accepted.path("jobId").asText();
  }

  @AtOnce
  void a_reply_can_be_stopped_from_any_socket() {
    var reader = Stranger.of("stopper-two", chat);
    try (var ear = reader.listen();
        var other = reader.listen()) {
      var accepted = reader.say("/slow and stop");
      ear.awaitText(accepted, 1);

      other.say("{\"type\":\"cancel\",\"jobId\":\"%s\"}".formatted(idOf(accepted)));

      assertThat(ear.awaitEnd(accepted, SOONER_THAN_A_HEARTBEAT).path("type").asText())
          .isEqualTo("job.cancelled");
    }
  }

  @AtOnce
  void older_clients_use_the_short_form() {
    var old = Stranger.of("old-client", chat);
    try (var ear = old.listen()) {
      var connection = ear.frames().getFirst().path("connectionId");

      var accepted =
          old.post(
              "/message",
              "{\"connectionId\":%s,\"content\":\"/echo short\",\"role\":\"user\"}"
                  .formatted(connection));

      assertThat(accepted.text("timestamp")).isNotEmpty();
      assertThat(ear.awaitEnd(accepted.body()).path("content").asText()).isEqualTo("short");

      var shorter = old.post("/chat", "{\"message\":\"/echo shorter\"}");

      assertThat(ear.awaitEnd(shorter.body()).path("content").asText()).isEqualTo("shorter");
    }
  }

  @AtOnce
  void who_waits_gets_the_reply_at_once_and_finds_it_in_the_logs() {
    var waiter = Stranger.of("waiter", chat);

    var asked = waiter.post("/api/v1/ask", "{\"question\":\"/echo first\"}");
    var chatted = waiter.post("/v1/chat", "{\"user_id\":\"waiter\",\"prompt\":\"/echo second\"}");

    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.text("answer")).isEqualTo("first");
    assertThat(chatted.status()).isEqualTo(200);
    assertThat(chatted.text("response")).isEqualTo("second");
    var logs = waiter.get("/v1/chat/waiter/logs").body().path("logs");
    assertThat(logs.findValuesAsText("response")).containsExactly("second", "first");
    assertThat(logs.path(0)).isEqualTo(chatted.body());
    assertThat(waiter.get("/v1/chat/reader/logs").status()).isEqualTo(404);
  }

  @AtOnce
  void the_conversation_used_last_is_listed_first() {
    var reader = Stranger.of("lister", chat);
    var older = reader.say("/echo older");
    var newer = reader.say("/echo newer");
    reader.awaitEnd(older);
    reader.awaitEnd(newer);
    assertThat(conversations(reader)).containsExactly(inOf(newer), inOf(older));

    reader.awaitEnd(reader.say("/echo again", older));

    assertThat(conversations(reader)).containsExactly(inOf(older), inOf(newer));
  }

  @Test
  void a_conversation_is_shown_with_what_it_cost() {
    var reader = Stranger.of("payer", chat);
    var accepted = reader.say("/echo how much");
    reader.awaitEnd(accepted);

    var shown = reader.get("/v1/conversations/" + inOf(accepted)).body();

    assertThat(shown.path("title").asText()).isEqualTo("/echo how much");
    assertThat(shown.path("total").path("costUsd").isNumber()).isTrue();
    assertThat(reader.job(accepted).path("calls").isArray()).isTrue();
  }

  @Test
  void what_was_counted_is_shown_to_prometheus() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(chat.page().resolve("/metrics")).build();

    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());

      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(answer.body())
          .contains("prosa_llm_calls_unrecorded_total 0.0", "prosa_ws_rate_limited_total 0.0");
    }
  }

  private static List<String> conversations(Stranger reader) {
    return reader.get("/v1/conversations").body().path("conversations").findValuesAsText("id");
  }

  private static String inOf(JsonNode accepted) {
    return accepted.path("conversationId").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /nowhere,                           0, 404, route_not_found",
    "GET,    /v1/jobs/no-such-job,               0, 404, not_found",
    "GET,    /v1/conversations/no-such/messages, 0, 404, not_found",
    "DELETE, /v1/messages,                       0, 405, method_not_allowed",
    "POST,   /v1/messages,                       0, 400, invalid_body",
    "POST,   /v1/messages,                   40000, 413, content_too_large",
    "POST,   /v1/messages,                 2000000, 413, body_too_large",
  })
  void a_refusal_is_a_problem_document(
      String method, String path, int length, int status, String code) {
    var body = length == 0 ? "" : "{\"content\":\"%s\"}".formatted("x".repeat(length));

    var answer = Stranger.of("wrong", chat).send(method, path, body).join();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.text("code")).isEqualTo(code);
  }

  @Test
  void a_refused_method_says_which_are_allowed() {
    var answer = Stranger.of("wrong", chat).send("DELETE", "/v1/messages", "").join();

    assertThat(answer.header("Allow")).isEqualTo("POST");
  }

  @Test
  void a_page_of_another_origin_gets_no_socket() {
    var socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Origin", "https://evil.example")
            .buildAsync(chat.socket(), new WebSocket.Listener() {});

    assertThatThrownBy(socket::join)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
  }

  @Test
  void a_page_of_another_origin_gets_no_answer() {
    var answer =
        Stranger.of("wrong", chat).post("/v1/messages", "{}", "Origin", "https://evil.example");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("code")).isEqualTo("forbidden_origin");
  }
}
