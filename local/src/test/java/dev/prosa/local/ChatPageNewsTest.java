package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.turn.ConversationId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page says to people who do not see it change.
class ChatPageNewsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// More than the page shows at once.
  private static final int TURNS = 150;

  /// Keeps whatever is said from now on.
  private static final String LISTEN =
      """
      window.said = [];
      const announcer = document.getElementById('announcer');
      new MutationObserver(() => window.said.push(announcer.textContent))
        .observe(announcer, { childList: true, characterData: true, subtree: true });
      """;

  private static final String SAID = "return window.said.join('|')";
  private static final String FIRST = "return document.querySelector('.message').innerText";

  @TempDir private static Path folder;
  private static ChatPageStage stage;
  private static ChatPage page;

  @BeforeAll
  static void start() {
    stage = ChatPageStage.start(folder, Map.of());
    page = stage.page();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void a_reply_is_read_out_as_it_looks() {
    stage.open();
    page.run(LISTEN);

    page.ask("/echo **Bold** and `code`.");

    page.awaitEnd(1);
    await().atMost(PATIENCE).until(() -> page.run(SAID).toString().endsWith("Bold and code."));
  }

  @Test
  void scrolling_up_says_nothing() {
    var id = stage.conversation("/echo said");
    try (var backDoor = BackDoor.of(stage.data())) {
      backDoor.lengthen(Objects.requireNonNull(ConversationId.parse(id)), TURNS);
    }
    stage.open(id);
    await().atMost(PATIENCE).until(() -> page.says("said " + TURNS));
    page.run(LISTEN);

    page.run("setInterval(() => (document.getElementById('scroller').scrollTop = 0), 20)");

    await().atMost(PATIENCE).until(() -> page.run(FIRST).equals("/echo said 1"));
    assertThat(page.run(SAID)).isEqualTo("");
  }
}
