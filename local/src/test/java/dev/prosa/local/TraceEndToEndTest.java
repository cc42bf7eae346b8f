package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One id finds what all services did for one message.
class TraceEndToEndTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private static Path data;
  private static UpProcess up;

  @BeforeAll
  static void start() throws IOException {
    up = UpProcess.start(data, Map.of("PROSA_LOG_FORMAT", "json"));
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  @Test
  void one_id_tells_the_story_of_a_message_in_order() {
    var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    var reader = up.user("reader");
    try (var ear = reader.listen()) {
      var accepted = say(reader, "/echo once upon a time", trace);

      assertThat(ear.awaitEnd(accepted).path("traceId").asText()).isEqualTo(trace);
      assertThat(accepted.path("traceId").asText()).isEqualTo(trace);
      assertThat(reader.job(accepted).path("traceId").asText()).isEqualTo(trace);
      var story = story(trace, "EndLog");
      assertThat(story)
          .extracting(LogLine::logger)
          .containsExactly("Acceptance", "AttemptLog", "AttemptLog", "Endings", "EndLog");
      assertThat(story).allSatisfy(line -> isAbout(accepted, line));
      assertThat(story.get(0).field("faas.invocation_id")).isNotEmpty();
      assertThat(story.get(1).field("gen_ai.provider.name")).isEqualTo("offline");
      assertThat(story.get(2).field("outcome")).isEqualTo("answered");
      assertThat(story.get(2).json().path("durationMillis").isNumber()).isTrue();
      assertThat(story.get(2).json().path("gen_ai.usage.output_tokens").asInt()).isPositive();
      assertThat(story.get(3).field("state")).isEqualTo("COMPLETED");
      assertThat(story.get(4).field("event")).isEqualTo("reply.completed");
      assertThat(story.get(4).json().path("connections").asInt()).isEqualTo(1);
    }
  }

  private static void isAbout(JsonNode accepted, LogLine line) {
    assertThat(line.field("jobId")).isEqualTo(accepted.path("jobId").asText());
    assertThat(line.field("conversationId")).isEqualTo(accepted.path("conversationId").asText());
    assertThat(line.field("attempt")).matches("[01]");
  }

  @Test
  void every_attempt_of_a_story_has_its_number() {
    var trace = "5bf92f3577b34da6a3ce929d0e0e4736";
    var reader = up.user("patient");
    try (var ear = reader.listen()) {
      var accepted = say(reader, "/cut once", trace);

      assertThat(ear.await("job.waiting", accepted).path("traceId").asText()).isEqualTo(trace);
      assertThat(ear.await("reply.started", accepted).path("traceId").asText()).isEqualTo(trace);
      assertThat(ear.awaitEnd(accepted).path("traceId").asText()).isEqualTo(trace);
      assertThat(ear.deltas(accepted)).noneMatch(delta -> delta.has("traceId"));
      assertThat(story(trace, "EndLog"))
          .filteredOn(line -> line.logger().equals("AttemptLog"))
          .extracting(line -> line.field("attempt") + " " + line.field("outcome"))
          .containsExactly("1 ", "1 failed", "2 ", "2 answered");
    }
  }

  @Test
  void a_message_without_a_trace_begins_one() {
    var reader = up.user("traceless");

    var accepted = reader.say("/echo hello");

    var trace = accepted.path("traceId").asText();
    assertThat(trace).matches("[0-9a-f]{32}");
    assertThat(story(trace, "Endings")).extracting(LogLine::logger).contains("Acceptance");
  }

  @Test
  void what_a_stranger_sends_as_ids_is_not_logged() {
    var reader = up.user("hostile");
    var hostile = "00-4bf92f35-\u001b[2J-01";

    var answer =
        reader.post("/v1/messages", "{\"content\":\"/echo x\"}", "traceparent", "00-4bf92f35-x");
    try (var ear = reader.listen()) {
      ear.say("{\"type\":\"cancel\",\"jobId\":%s}".formatted(Json.quote(hostile)));
      ear.await(frame -> frame.path("code").asText().equals("not_found"));
    }

    assertThat(answer.status()).isEqualTo(202);
    assertThat(up.said()).doesNotContain("4bf92f35-", "\u001b");
  }

  @Test
  void every_line_is_for_machines_once_it_is_up() {
    var reader = up.user("machine");
    reader.awaitEnd(reader.say("/echo x"));

    assertThat(up.linesSinceReady())
        .isNotEmpty()
        .allSatisfy(line ->
            assertThat(Json.read(line).has("message") && Json.read(line).has("level")).isTrue());
    assertThat(LogLine.of(up.said()))
        .extracting(line -> line.field("level"))
        .isSubsetOf(Set.of("INFO", "WARN"));
  }

  private static JsonNode say(Stranger reader, String content, String traceId) {
    var body = "{\"content\":%s}".formatted(Json.quote(content));
    var header = "00-%s-00f067aa0ba902b7-01".formatted(traceId);
    return reader.post("/v1/messages", body, "traceparent", header).body();
  }

  /// What `grep` finds in the output, once the last line that is waited for is there.
  private static List<LogLine> story(String traceId, String last) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                LogLine.of(up.said()).stream()
                    .filter(line -> line.field("traceId").equals(traceId))
                    .toList(),
            lines -> lines.stream().anyMatch(line -> line.logger().equals(last)));
  }
}
