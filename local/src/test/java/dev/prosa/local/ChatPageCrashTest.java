package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    var ports = Map.of("PROSA_HTTP_PORT", freePort(), "PROSA_WS_PORT", freePort());
    var driver = Browser.start(folder.resolve("profile"));
    try {
      var page = new ChatPage(driver);
      try (var up = UpProcess.start(data, ports)) {
        page.open("http://localhost:" + ports.get("PROSA_HTTP_PORT"));
        page.ask("/echo " + WORDS);
        page.awaitMoreThan(20);
        up.kill();
        await().atMost(PATIENCE).until(() -> page.says("Connection lost."));
        await().atMost(PATIENCE).until(() -> page.says("Not connected. The reply goes on"));
      }
      try (var _ = UpProcess.start(data, ports)) {
        var end = page.awaitEnd(1);

        assertThat(end.state()).isEqualTo("COMPLETED");
        assertThat(end.text()).isEqualTo(WORDS);
        assertThat(page.messages("user")).hasSize(1);
      }
    } finally {
      driver.quit();
    }
  }

  private static String freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(probe.getLocalPort());
    }
  }
}
