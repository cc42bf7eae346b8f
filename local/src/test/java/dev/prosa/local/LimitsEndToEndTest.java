package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Scope;
import dev.prosa.core.limit.Spendings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/// The limits of the whole chat, where the worker settles what the HTTP API reserved.
class LimitsEndToEndTest {

  /// One message as it is reckoned, and hardly more.
  private static final String BUDGET = "2050";

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path data;
  private static RunningChat chat;

  @BeforeAll
  static void start() {
    chat = Chats.start(data, Map.of("PROSA_USER_TOKENS_PER_DAY", BUDGET));
  }

  @AfterAll
  static void stop() {
    chat.close();
  }

  private static Answer say(Stranger user, String content) {
    return user.post("/v1/messages", "{\"content\":\"%s\"}".formatted(content));
  }

  /// Says something until the day is spent.
  private static Answer spend(Stranger user) {
    return IntStream.range(0, 10)
        .mapToObj(_ -> {
          var said =
              say(user, "/echo twenty tokens or so are taken by this message, there and back");
          if (said.status() == 202) {
            user.awaitEnd(said.body());
          }
          return said;
        })
        .filter(said -> said.status() != 202)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_day_is_spent_by_what_was_answered_and_stays_spent_when_redis_forgets() {
    var ann = Stranger.of("spender", chat);
    assertThat(spend(ann).text("code")).isEqualTo("budget_exhausted");
    await().atMost(SOON).until(() -> isNoted(ann)); // a moment after the reply

    try (var redis = RedisClient.create(URI.create(run().redis()))) {
      redis.flushAll();
    }

    assertThat(say(ann, "Hi").text("code")).isEqualTo("budget_exhausted");
    assertThat(say(Stranger.of("other", chat), "/echo Hi").status()).isEqualTo(202);
  }

  /// Whether the table knows that the user has spent something today.
  private static boolean isNoted(Stranger user) {
    var today = Duration.ofMillis(System.currentTimeMillis()).toDays();
    try (var door = BackDoor.of(data)) {
      var spent =
          Spendings.dynamoDb(door.table()).find(new Scope(Scope.Kind.USER, user.name()), today);
      return !spent.equals(Amount.NOTHING);
    }
  }

  private static RunFile run() {
    return Objects.requireNonNull(RunFile.read(data));
  }

  @Test
  void what_a_message_reserves_is_free_again_when_it_has_ended() {
    var ann = Stranger.of("waiter", chat);
    var first = say(ann, "/stall");
    assertThat(say(ann, "Hi").text("code")).isEqualTo("budget_exhausted");

    cancel(ann, first.body());

    await().atMost(SOON).until(() -> say(ann, "/echo Hi").status() == 202);
  }

  @Test
  void what_was_written_of_a_reply_is_charged_though_it_is_erased_in_its_middle() {
    var ann = Stranger.of("eraser", chat);
    try (var ear = ann.listen()) {
      var accepted = say(ann, "/slow").body();
      ear.await(frame ->
          frame.path("type").asText().equals("reply.delta")
              && frame.path("jobId").equals(accepted.path("jobId"))
              && frame.path("offset").asInt() > 20);

      var conversation = "/v1/conversations/" + accepted.path("conversationId").asText();
      assertThat(ann.send("DELETE", conversation, "").join().status()).isEqualTo(204);
    }

    // the question alone is 2 tokens
    await().atMost(SOON).until(() -> spent("eraser") > 2 + 20 / 4);
  }

  /// What a user has spent, once nothing is reserved any more; 0 before.
  private static int spent(String user) {
    try (var redis = RedisClient.create(URI.create(run().redis()))) {
      var counts = "quota:{user:" + user + "}";
      var spent = redis.zcard(counts + ":jobs") == 0 ? redis.hget(counts, "spentTokens") : null;
      return spent == null ? 0 : Integer.parseInt(spent);
    }
  }

  private static void cancel(Stranger user, JsonNode accepted) {
    var job = accepted.path("jobId").asText();
    assertThat(user.post("/v1/jobs/%s/cancel".formatted(job), "").status()).isEqualTo(202);
  }
}
