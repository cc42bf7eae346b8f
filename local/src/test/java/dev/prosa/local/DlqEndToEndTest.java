package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dead-letter queue of a whole chat, as an operator sees it. The tests share that queue, so
/// each looks at its own letters only.
class DlqEndToEndTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path data;
  private static RunningChat chat;
  private static BackDoor backDoor;

  @BeforeAll
  static void start() {
    chat = Chats.start(data);
    backDoor = BackDoor.of(data);
  }

  @AfterAll
  static void stop() {
    backDoor.close();
    chat.close();
  }

  private static JsonNode awaitLetter(String job) {
    return await()
        .atMost(PATIENCE)
        .until(() -> letter(Dlq.run(data, "list --json").json(), job), letter -> !letter.isEmpty());
  }

  private static JsonNode letter(JsonNode list, String job) {
    return StreamSupport.stream(list.path("letters").spliterator(), false)
        .filter(letter -> letter.path("id").asText().equals(job))
        .findFirst()
        .orElse(Json.read("{}"));
  }

  /// The model fails exactly as often as a job is tried, so the first try after that is answered.
  @Test
  void a_job_that_was_given_up_is_redriven_and_answered_on_the_same_screen() throws IOException {
    var reader = Stranger.of("patient", chat);
    try (var ear = reader.listen()) {
      var accepted = reader.say("/fail 4");
      var job = accepted.path("jobId").asText();
      assertThat(ear.awaitEnd(accepted).path("type").asText()).isEqualTo("job.failed");
      var letter = awaitLetter(job);

      var first = Dlq.run(data, "redrive --json " + job);
      var end = ear.await("reply.completed", accepted);
      var second = Dlq.run(data, "redrive --json " + job);

      seenAsGivenUp(letter);
      assertThat(List.of(first.code(), second.code())).containsExactly(0, 1);
      assertThat(List.of(first.outcome(), second.outcome()))
          .containsExactly("redriven", "not_found");
      seenInOrder(ear.frames(accepted));
      assertThat(end.path("attempt").asInt()).isEqualTo(6);
      assertThat(reader.job(accepted).path("state").asText()).isEqualTo("COMPLETED");
      assertThat(audited(job)).containsExactly("redriven", "not_found");
    }
  }

  private static void seenAsGivenUp(JsonNode letter) {
    assertThat(letter.path("code").asText()).isEqualTo("provider_unavailable");
    assertThat(letter.path("attempts").asInt()).isEqualTo(4);
    assertThat(letter.path("provider").asText()).isEqualTo("offline");
    assertThat(letter.path("owner").asText()).isEqualTo("patient");
    assertThat(letter.path("state").asText()).isEqualTo("FAILED");
  }

  /// What comes after the failure has a higher attempt, so that every screen follows.
  private static void seenInOrder(List<JsonNode> frames) {
    var types = frames.stream().map(frame -> frame.path("type").asText()).toList();
    var failed = types.indexOf("job.failed");
    assertThat(types.subList(failed, failed + 3))
        .containsExactly("job.failed", "job.waiting", "reply.started");
    assertThat(frames.get(failed).path("attempt").asInt()).isEqualTo(4);
    assertThat(frames.get(failed + 1).path("attempt").asInt()).isEqualTo(5);
    assertThat(frames.get(failed + 1).path("reason").asText()).isEqualTo("redriven");
    assertThat(frames.get(failed + 2).path("attempt").asInt()).isEqualTo(6);
  }

  private static List<String> audited(String id) throws IOException {
    return Files.readAllLines(data.resolve("audit.jsonl")).stream()
        .map(Json::read)
        .filter(line -> line.path("id").asText().equals(id))
        .peek(line -> assertThat(line.path("who").asText()).isNotBlank())
        .map(line -> line.path("outcome").asText())
        .toList();
  }

  @Test
  void a_client_that_missed_the_redrive_learns_of_it_when_it_resumes() {
    var reader = Stranger.of("absent", chat);
    var job = backDoor.failing("absent", "/echo here again");
    awaitLetter(job.value());
    assertThat(Dlq.run(data, "redrive " + job).code()).isZero();

    try (var ear = reader.listen()) {
      ear.say(
          "{\"type\":\"resume\",\"jobs\":[{\"jobId\":\"%s\",\"attempt\":1,\"length\":0}]}"
              .formatted(job));

      var end = ear.await(frame -> frame.path("type").asText().equals("reply.completed"));
      assertThat(end.path("content").asText()).isEqualTo("here again");
      assertThat(end.path("attempt").asInt()).isEqualTo(3);
    }
  }

  @Test
  void nothing_is_done_that_cannot_be_audited() {
    var job = backDoor.failing("unlucky", "/echo x").value();
    awaitLetter(job);
    var unwritable = Map.of("PROSA_AUDIT_FILE", data.toString());

    var redrive = Dlq.run(data, "redrive " + job, unwritable);
    var discard = Dlq.run(data, "discard " + job, unwritable);

    assertThat(List.of(redrive.code(), discard.code())).containsExactly(2, 2);
    assertThat(redrive.err()).startsWith("prosa: nothing was done, because the audit file");
    assertThat(awaitLetter(job).path("state").asText()).isEqualTo("FAILED");
  }

  @Test
  void a_discarded_letter_is_gone_and_its_job_stays_failed() throws IOException {
    var job = backDoor.failing("unlucky", "/echo x").value();
    awaitLetter(job);

    var discard = Dlq.run(data, "discard " + job);

    assertThat(discard.code()).isZero();
    assertThat(letter(Dlq.run(data, "list --json").json(), job)).isEmpty();
    assertThat(Stranger.of("unlucky", chat).get("/v1/jobs/" + job).text("state"))
        .isEqualTo("FAILED");
    assertThat(audited(job)).containsExactly("discarded");
  }

  @Test
  void redis_is_not_needed_to_redrive() {
    var job = backDoor.failing("unlucky", "/echo x").value();
    awaitLetter(job);

    var redrive = Dlq.run(data, "redrive " + job, Map.of("PROSA_REDIS_URL", "redis://127.0.0.1:1"));

    assertThat(redrive.code()).isZero();
    assertThat(redrive.out()).contains("Redis is away");
  }

  @Test
  void a_message_of_a_stranger_is_listed_and_discarded_by_its_own_id() {
    backDoor.moved("not for us");
    var list =
        await()
            .atMost(PATIENCE)
            .until(
                () -> Dlq.run(data, "list --json").json(), l -> l.toString().contains("malformed"));
    var id =
        StreamSupport.stream(list.path("letters").spliterator(), false)
            .filter(l -> l.path("code").asText().equals("malformed"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();

    assertThat(Dlq.run(data, "redrive " + id).code()).isEqualTo(1);
    assertThat(Dlq.run(data, "discard " + id).code()).isZero();

    assertThat(letter(Dlq.run(data, "list --json").json(), id)).isEmpty();
  }
}
