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

/// A conversation of 10,000 messages.
class ChatPageLongTest {

  private static final int TURNS = 5_000;
  private static final int MOST_MESSAGES = 120;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// Scrolls to the top whenever there is something above, and counts what is on the page.
  private static final String CLIMB =
      """
      const scroller = document.getElementById('scroller');
      window.most = 0;
      window.climb = setInterval(() => {
        scroller.scrollTop = 0;
        window.most = Math.max(window.most, document.querySelectorAll('.message').length);
      }, 20);
      """;

  private static final String FIRST = "return document.querySelector('.message').innerText";

  @TempDir private static Path folder;
  private static ChatPageStage stage;

  @BeforeAll
  static void start() {
    stage = ChatPageStage.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void ten_thousand_messages_are_read_by_scrolling_and_never_stand_there_all_at_once() {
    var id = stage.conversation("/echo said");
    try (var backDoor = BackDoor.of(stage.data())) {
      backDoor.lengthen(Objects.requireNonNull(ConversationId.parse(id)), TURNS);
    }
    var page = stage.page();

    stage.open(id);
    await().atMost(PATIENCE).until(() -> page.says("said " + TURNS));
    page.run(CLIMB);
    await().atMost(PATIENCE).until(() -> page.run(FIRST).equals("/echo said 1"));
    page.run("clearInterval(window.climb)");
    page.click("to-latest");

    await().atMost(PATIENCE).until(() -> page.says("said " + TURNS));
    assertThat((Long) page.run("return window.most")).isBetween(20L, (long) MOST_MESSAGES);
    page.ask("/echo and one more");
    await().atMost(PATIENCE).until(() -> page.says("and one more"));
    assertThat(page.messages("user")).hasSizeLessThanOrEqualTo(MOST_MESSAGES / 2);
  }
}
