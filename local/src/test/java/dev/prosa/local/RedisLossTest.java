package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without Redis replies are not seen while they are written; nothing else is lost.
class RedisLossTest {

  @Test
  void a_message_is_accepted_and_answered_while_redis_is_gone(@TempDir Path data) {
    var others = redis(); // of tests that ran before this one
    try (var chat = Chats.start(data)) {
      var reader = Stranger.of("reader", chat);
      var own = redis().stream().filter(process -> !others.contains(process)).toList();
      assertThat(own).hasSize(1).allSatisfy(RedisLossTest::kill);

      var accepted = reader.say("/echo still here");

      assertThat(accepted.path("delivery").asText()).isEqualTo("poll");
      assertThat(reader.awaitEnd(accepted).path("reply").path("content").asText())
          .isEqualTo("still here");
      assertThat(reader.get("/v1/health").text("status")).isEqualTo("degraded");
      assertThat(redis()).isSubsetOf(others);
    }
  }

  private static List<ProcessHandle> redis() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").contains("redis-server"))
        .toList();
  }

  private static void kill(ProcessHandle redis) {
    assertThat(redis.destroyForcibly()).isTrue();
    redis.onExit().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
