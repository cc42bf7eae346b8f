package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.local.localstack.LocalStack;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The whole chat on the queue and the table of an emulator.
@ExtendWith(LocalStack.class)
class LocalStackChatTest {

  @Test
  void a_question_is_answered_and_the_next_one_sees_it(@TempDir Path data) {
    var aws = Objects.requireNonNull(System.getProperty("prosa.test.aws"));
    var places = Map.of("PROSA_SQS_ENDPOINT", aws, "PROSA_DYNAMODB_ENDPOINT", aws);

    try (var chat = Chats.start(data, places)) {
      var reader = Stranger.of("reader", chat);
      var first = reader.say("/echo the first answer");
      assertThat(reader.awaitEnd(first).path("state").asText()).isEqualTo("COMPLETED");
      var second = reader.awaitEnd(reader.say("And now?", first));

      assertThat(second.path("reply").path("content").asText()).contains("This is turn 2");
      assertThat(reader.said(first)).hasSize(4);
    }
  }
}
