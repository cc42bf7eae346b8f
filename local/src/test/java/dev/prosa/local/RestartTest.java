package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is accepted survives a stop of everything.
class RestartTest {

  /// A turn that is not given back is free after 30 s.
  private static final Duration SOONER_THAN_A_LEASE = Duration.ofSeconds(20);

  @TempDir private Path data;

  @Test
  void conversations_and_replies_are_still_there_after_a_restart() {
    var accepted = answered("/echo to be kept");

    try (var chat = Chats.start(data)) {
      var reader = Stranger.of("keeper", chat);

      assertThat(reader.said(accepted)).containsExactly("/echo to be kept", "to be kept");
      assertThat(reader.get("/v1/conversations").body().path("conversations")).hasSize(1);
      reader.awaitEnd(reader.say("/echo and went on with", accepted));
      assertThat(reader.said(accepted)).hasSize(4).endsWith("and went on with");
    }
  }

  private JsonNode answered(String question) {
    try (var chat = Chats.start(data)) {
      var reader = Stranger.of("keeper", chat);
      var accepted = reader.say(question);
      reader.awaitEnd(accepted);
      return accepted;
    }
  }

  @Test
  void a_stop_gives_an_unfinished_turn_back_and_the_next_start_answers_it_once() {
    var content = String.join(" ", IntStream.range(0, 240).mapToObj(i -> "word" + i).toList());
    var accepted = interrupted("/echo " + content);

    try (var chat = Chats.start(data)) {
      var reader = Stranger.of("keeper", chat);

      var job = reader.awaitEnd(accepted, SOONER_THAN_A_LEASE);

      assertThat(job.path("state").asText()).isEqualTo("COMPLETED");
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
      assertThat(reader.said(accepted)).containsExactly("/echo " + content, content);
    }
  }

  private JsonNode interrupted(String question) {
    try (var chat = Chats.start(data)) {
      var reader = Stranger.of("keeper", chat);
      try (var ear = reader.listen()) {
        var accepted = reader.say(question);
        ear.awaitText(accepted, 3);
        return accepted;
      }
    }
  }
}
