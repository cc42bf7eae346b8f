package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody changes their mind while the chat is still starting.
class StopDuringStartTest {

  @Test
  void leaves_no_server_behind_that_was_just_being_started(@TempDir Path data) throws IOException {
    var up = UpProcess.startUntilItHasAChild(data);
    List<ProcessHandle> children;
    String said;

    try (up) {
      children = up.children();
      said = up.said();
    }

    assertThat(said).doesNotContain("Prosa is ready");
    assertThat(children).isNotEmpty();
    await()
        .untilAsserted(() -> assertThat(children).as(up.said()).noneMatch(ProcessHandle::isAlive));
  }
}
