package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.prompt.Prompt;
import dev.prosa.core.turn.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What models are told before a conversation. The offline model says how long it was.
class PromptsEndToEndTest {

  private static final Prompt SUPPORT = new Prompt("support", "Be kind.\nBe brief.");
  private static final Prompt PIRATE = new Prompt("pirate", "Talk like a pirate.");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path data;

  private RunningChat start(String names) {
    return Chats.start(
        data,
        Map.of(
            "PROSA_PROMPTS",
            names,
            "SUPPORT_PROMPT",
            "Be kind.\\nBe brief.",
            "PIRATE_PROMPT",
            PIRATE.text()));
  }

  private static void cameFrom(Prompt prompt, JsonNode job) {
    var reply = job.path("reply");
    assertThat(reply.path("promptVersion").asText()).isEqualTo(prompt.version());
    assertThat(reply.path("content").asText())
        .contains("| characters of the system prompt | %d |".formatted(prompt.text().length()));
  }

  @Test
  void a_message_names_one_or_gets_the_first() {
    try (var chat = start("support,pirate")) {
      var user = Stranger.of("asker", chat);
      var silent = user.say("Hi");
      var body = "{\"content\":\"Hi\",\"prompt\":\"%s\"}";
      var pirate = user.post("/v1/messages", body.formatted("pirate")).body();
      var unknown = user.post("/v1/messages", body.formatted("poet"));

      cameFrom(SUPPORT, user.awaitEnd(silent));
      cameFrom(PIRATE, user.awaitEnd(pirate));
      assertThat(user.messages(pirate).toList().getLast().path("promptVersion").asText())
          .isEqualTo(PIRATE.version());
      assertThat(unknown.status()).isEqualTo(400);
      assertThat(unknown.text("field")).isEqualTo("prompt");
    }
  }

  @Test
  void a_job_whose_prompt_the_worker_lacks_is_redriven_when_the_settings_are_right() {
    JobId job;
    try (var chat = start("support");
        var backDoor = BackDoor.of(data)) {
      job = backDoor.naming("pirate", "early", "Hi");
      var failed = Stranger.of("early", chat).awaitEnd(accepted(job));

      assertThat(failed.path("error").path("code").asText()).isEqualTo("prompt_unknown");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(Dlq.run(data, "list --json").out())
                  .contains(job.value(), "prompt_unknown"));
    }
    try (var chat = start("support,pirate")) {
      assertThat(Dlq.run(data, "redrive --json " + job).outcome()).isEqualTo("redriven");

      cameFrom(PIRATE, Stranger.of("early", chat).awaitEnd(accepted(job)));
    }
  }

  private static JsonNode accepted(JobId job) {
    return Json.read("{\"jobId\":\"" + job + "\"}");
  }
}
