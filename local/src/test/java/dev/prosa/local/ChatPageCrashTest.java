package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page while what serves it is killed.
class ChatPageCrashTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WORDS =
      String.join(" ", IntStream.range(0, 300).mapToObj(i -> "w" + i).toList());

  @Test
  void a_reply_whose_worker_and_gateway_are_killed_is_shown_once_and_whole(@TempDir Path folder)
      throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    Map<String, String> samePort;
    var driver = Browser.start(folder.resolve("profile"));
    try {
      var page = new ChatPage(driver);
      try (var up = UpProcess.start(data)) {
        var address = up.user("reader").page();
        samePort = Map.of("PROSA_HTTP_PORT", Integer.toString(address.getPort()));
        page.open(address.toString());
        page.ask("/echo " + WORDS);
        page.awaitMoreThan(20);
        up.kill();
        await().atMost(PATIENCE).until(() -> page.says("Connection lost."));
        await().atMost(PATIENCE).until(() -> page.says("Not connected. The reply goes on"));
      }
      try (var _ = UpProcess.start(data, samePort)) {
        var end = page.awaitEnd(1);

        assertThat(end.state()).isEqualTo("COMPLETED");
        assertThat(end.text()).isEqualTo(WORDS);
        assertThat(page.messages("user")).hasSize(1);
      }
    } finally {
      driver.quit();
    }
  }
}
