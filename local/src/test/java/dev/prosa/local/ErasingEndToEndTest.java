package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The whole chat, and what its users take out of it.
class ErasingEndToEndTest {

  @TempDir private static Path data;
  private static RunningChat chat;

  @BeforeAll
  static void start() {
    chat = Chats.start(data);
  }

  @AfterAll
  static void stop() {
    chat.close();
  }

  private static String conversation(JsonNode accepted) {
    return "/v1/conversations/" + accepted.path("conversationId").asText();
  }

  /// The sort keys of what the table has of a conversation.
  private static List<String> items(JsonNode accepted) {
    var id = new ConversationId(accepted.path("conversationId").asText());
    try (var door = BackDoor.of(data)) {
      return door
          .table()
          .client()
          .query(r ->
              r.tableName(door.table().name())
                  .keyConditionExpression("PK = :pk")
                  .expressionAttributeValues(Map.of(":pk", DynamoDbTable.partition(id))))
          .items()
          .stream()
          .map(item -> item.getOrDefault("SK", DynamoDbTable.partition(id)).s())
          .toList();
    }
  }

  @AtOnce
  void a_reply_is_stopped_in_its_middle_and_nothing_of_it_is_left() {
    var ann = Stranger.of("eraser", chat);
    try (var ear = ann.listen()) {
      var accepted = ann.say("/slow");
      ear.await(frame ->
          frame.path("type").asText().equals("reply.delta")
              && frame.path("jobId").equals(accepted.path("jobId")));

      assertThat(ann.send("DELETE", conversation(accepted), "").join().status()).isEqualTo(204);

      assertThat(ear.awaitEnd(accepted).path("type").asText()).isEqualTo("job.cancelled");
      assertThat(ann.get("/v1/jobs/" + accepted.path("jobId").asText()).status()).isEqualTo(404);
      assertThat(ann.get(conversation(accepted)).status()).isEqualTo(404);
      // the worker writes its last call down a moment later, and the sweeper takes it away
      await().atMost(Duration.ofSeconds(60)).until(() -> items(accepted).equals(List.of("META")));
    }
  }

  @AtOnce
  void a_user_takes_everything_along_and_leaves_nothing() {
    var ann = Stranger.of("leaver", chat);
    var first = ann.say("/echo one");
    ann.awaitEnd(first);
    var second = ann.say("/echo two");
    ann.awaitEnd(second);

    var export = ann.get("/v1/users/me/export").body();
    var erased = ann.send("DELETE", "/v1/users/leaver", "").join();

    assertThat(export.path("conversations").findValuesAsText("prompt"))
        .containsExactly("/echo two", "/echo one");
    assertThat(erased.status()).isEqualTo(204);
    assertThat(ann.get("/v1/conversations").body().path("conversations")).isEmpty();
    assertThat(items(first)).doesNotContain("TURN#0000000001");
  }

  @AtOnce
  void a_conversation_is_renamed() {
    var ann = Stranger.of("renamer", chat);
    var accepted = ann.say("/echo one");

    var renamed = ann.send("PATCH", conversation(accepted), "{\"title\":\"Mine\"}").join();
    ann.awaitEnd(ann.say("/echo two", accepted));

    assertThat(renamed.status()).isEqualTo(200);
    assertThat(ann.get(conversation(accepted)).body().path("title").asText()).isEqualTo("Mine");
  }
}
