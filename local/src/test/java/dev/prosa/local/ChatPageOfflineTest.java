package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device that loses its network while a reply is being written.
class ChatPageOfflineTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// At 25 ms each they take 20 s, long enough to be in the middle of them.
  private static final String WORDS =
      String.join(" ", IntStream.range(0, 800).mapToObj(i -> "w" + i).toList());

  @Test
  void a_reply_that_was_written_meanwhile_is_shown_once_and_whole(@TempDir Path folder) {
    try (var stage = ChatPageStage.start(folder, Map.of())) {
      var page = stage.page();
      stage.look().online(true); // takes hold of the sockets that are opened from now on
      stage.open();
      page.ask("/echo " + WORDS);
      var job = page.awaitMoreThan(20).job();

      stage.look().online(false);
      await().atMost(PATIENCE).until(() -> page.says("This device is offline."));
      await().atMost(PATIENCE).until(() -> page.says("Not connected. The reply goes on"));
      await().atMost(PATIENCE).until(() -> state(stage, job).equals("COMPLETED"));
      var meanwhile = page.messages("assistant").getLast();
      stage.look().online(true);

      var end = page.awaitEnd(1);
      assertThat(meanwhile.state()).isEqualTo("RUNNING");
      assertThat(WORDS).startsWith(meanwhile.text()).isNotEqualTo(meanwhile.text());
      assertThat(end).isEqualTo(new ChatPage.Message(job, "COMPLETED", WORDS));
      assertThat(page.messages("user")).hasSize(1);
    }
  }

  private static String state(ChatPageStage stage, String job) {
    return stage.user().get("/v1/jobs/" + job).text("state");
  }
}
