package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole chat with two providers, seen by its users.
class ProvidersEndToEndTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path data;
  private static SwitchedProvider one;
  private static SwitchedProvider two;
  private static RunningChat chat;

  @BeforeAll
  static void start() {
    one = new SwitchedProvider("one");
    two = new SwitchedProvider("two");
    chat =
        Chats.start(
            data,
            Map.of(
                "LLM_PROVIDERS", "one,two",
                "ONE_BASE_URL", one.uri(),
                "ONE_MODEL", "small,large",
                "ONE_PRICES", "1/2",
                "TWO_BASE_URL", two.uri(),
                "TWO_MODEL", "large",
                "PROSA_BREAKER_WAIT", "8s",
                "PROSA_USER_JOBS_IN_FLIGHT", "0"));
  }

  @AfterAll
  static void stop() {
    chat.close();
    one.close();
    two.close();
  }

  @BeforeEach
  void everybodyIsThere() {
    one.away(false);
    two.away(false);
    await().atMost(PATIENCE).until(() -> status(Stranger.of("watcher", chat)).equals("ok"));
  }

  private static String status(Stranger user) {
    return user.get("/v1/health").body().path("status").asText();
  }

  private static String content(JsonNode completed) {
    return completed.path("content").asText();
  }

  @Test
  void the_second_provider_answers_when_the_first_is_away() {
    var reader = Stranger.of("failover", chat);
    try (var ear = reader.listen()) {
      one.away(true);

      var end = ear.awaitEnd(reader.say("Hi"));

      assertThat(content(end)).isEqualTo("I am two.");
      assertThat(end.path("provider").asText()).isEqualTo("two");
      assertThat(end.path("attempt").asInt()).isEqualTo(1);
    }
  }

  @Test
  void a_message_may_ask_for_a_model() {
    var reader = Stranger.of("chooser", chat);
    var refused = reader.post("/v1/messages", "{\"content\":\"Hi\",\"model\":\"huge\"}");
    var accepted = reader.post("/v1/messages", "{\"content\":\"Hi\",\"model\":\"large\"}").body();

    reader.awaitEnd(accepted);

    assertThat(refused.status()).isEqualTo(400);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(reader.job(accepted).path("calls").path(0).path("model").asText())
                .isEqualTo("large"));
  }

  @Test
  void a_job_says_what_it_cost() {
    var reader = Stranger.of("payer", chat);
    var accepted = reader.say("12345678");
    reader.awaitEnd(accepted);

    var job = await().atMost(PATIENCE).until(() -> reader.job(accepted), j -> answered(j));

    // two tokens sent at 1 dollar a million, and nine characters received at 2
    assertThat(job.path("total").path("costUsd").decimalValue()).isEqualByComparingTo("0.000008");
    assertThat(job.path("total").path("estimated").asBoolean()).isTrue();
  }

  private static boolean answered(JsonNode job) {
    return job.path("calls").path(0).path("outcome").asText().equals("answered");
  }

  @Test
  void messages_wait_while_nobody_is_there_and_are_answered_by_themselves() {
    var reader = Stranger.of("waiter", chat);
    try (var ear = reader.listen()) {
      one.away(true);
      two.away(true);
      for (int i = 0; i < 6; i++) {
        reader.say("Hi " + i);
      }
      await().atMost(PATIENCE).until(() -> status(reader).equals("degraded"));

      var accepted = reader.say("Anybody?");
      var waiting = ear.await("job.waiting", accepted);
      var before = one.calls() + two.calls();
      one.away(false);
      var end = ear.awaitEnd(accepted);

      assertThat(accepted.path("status").asText()).isEqualTo("waiting");
      assertThat(waiting.path("reason").asText()).isEqualTo("providers_down");
      assertThat(content(end)).isEqualTo("I am one.");
      assertThat(before).isPositive();
    }
  }
}
