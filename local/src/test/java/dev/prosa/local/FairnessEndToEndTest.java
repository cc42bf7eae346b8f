package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who asks for much waits, and nobody else does.
class FairnessEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static Answer say(Stranger user, String content) {
    return user.post("/v1/messages", "{\"content\":\"%s\"}".formatted(content));
  }

  @Test
  void who_has_four_messages_in_flight_waits_and_nobody_else_does(@TempDir Path data) {
    try (var chat = Chats.start(data)) {
      var noisy = Stranger.of("noisy", chat);
      var stalled = IntStream.range(0, 4).mapToObj(_ -> noisy.say("/stall")).toList();

      var fifth = say(noisy, "Hi");
      assertThat(fifth.status()).isEqualTo(429);
      assertThat(fifth.text("code")).isEqualTo("too_many_jobs");
      assertThat(fifth.header("Retry-After")).isEqualTo("5");

      var quiet = Stranger.of("quiet", chat);
      assertThat(quiet.awaitEnd(quiet.say("/echo Hi")).path("state").asText())
          .isEqualTo("COMPLETED");

      for (var job : stalled) {
        noisy.post("/v1/jobs/%s/cancel".formatted(job.path("jobId").asText()), "");
      }
      await().atMost(SOON).until(() -> say(noisy, "/echo Hi").status() == 202);
    }
  }
}
