package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A process that is killed cannot give anything back: its lease has to run out. That takes half a
/// minute, so this test runs beside all others, in processes of its own.
@Execution(ExecutionMode.CONCURRENT)
class HardKillTest {

  /// What Prosa promises for a worker that is killed; the next start comes on top.
  private static final Duration RESUMED = Duration.ofSeconds(45);

  private static final String CONTENT =
      String.join(" ", IntStream.range(0, 240).mapToObj(i -> "word" + i).toList());
  private static final Duration STREAMING = Duration.ofSeconds(15);

  @TempDir private Path data;

  private final List<ProcessHandle> children = new ArrayList<>();

  @AfterEach
  void endWhatAFailureLeftBehind() {
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void the_next_start_answers_once_what_a_killed_process_had_begun() throws IOException {
    var accepted = beginAndKill("/echo " + CONTENT);

    try (var up = UpProcess.start(data)) {
      children.addAll(up.children());
      var reader = up.user("survivor");

      var job = reader.awaitEnd(accepted, RESUMED.plus(STREAMING));

      assertThat(job.path("state").asText()).isEqualTo("COMPLETED");
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
      assertThat(reader.said(accepted)).containsExactly("/echo " + CONTENT, CONTENT);
    }
    await()
        .untilAsserted(
            () -> assertThat(children).hasSizeGreaterThan(1).noneMatch(HardKillTest::runs));
  }

  /// A process that ended may keep its number until somebody asks how it ended.
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private JsonNode beginAndKill(String question) throws IOException {
    var up = UpProcess.start(data);
    children.addAll(up.children());
    try (var ear = up.user("survivor").listen()) {
      var accepted = up.user("survivor").say(question);
      ear.awaitText(accepted, 3);
      return accepted;
    } finally {
      up.kill();
    }
  }
}
