package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The list of conversations, by mouse and by keyboard.
class ChatPageListTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  /// But for what the browser says of a conversation that is erased twice to be sure.
  @AfterEach
  void theConsoleStaysQuiet() {
    assertThat(page.complaints())
        .allMatch(entry -> entry.getMessage().matches(".*/v1/conversations/c_\\w+ .* 404 .*"));
  }

  @Test
  void a_search_finds_titles_without_their_accents_and_escape_ends_it() {
    var coffee = stage.conversation("/echo Café in São Paulo");
    stage.conversation("/echo Tea in London");
    stage.open();
    listed(coffee);

    page.one("search").sendKeys("cafe in sao");

    await().atMost(PATIENCE).until(() -> page.conversations().size() == 1);
    assertThat(page.conversations()).containsExactly(coffee);
    page.one("search").sendKeys(Keys.ESCAPE);
    await().atMost(PATIENCE).until(() -> page.conversations().size() > 1);
  }

  @Test
  void a_search_finds_what_was_never_scrolled_to() {
    var oldest = stage.conversation("/echo Needle");
    for (int i = 0; i < 45; i++) {
      stage.user().say("/echo Straw " + i);
    }
    stage.open();
    await().atMost(PATIENCE).until(() -> page.conversations().size() >= 40);

    page.one("search").sendKeys("needle");

    listed(oldest);
  }

  @Test
  void a_new_title_stays() {
    var id = stage.conversation("/echo Old title");
    stage.open(id);
    listed(id);

    link(id).sendKeys(Keys.F2);
    page.one("new-title").sendKeys(Keys.chord(Keys.CONTROL, "a"), "New title", Keys.ENTER);

    await().atMost(PATIENCE).until(() -> page.one("title").getText().equals("New title"));
    var path = "/v1/conversations/" + id;
    await().atMost(PATIENCE).until(() -> stage.user().get(path).text("title").equals("New title"));
    stage.open(id);
    await().atMost(PATIENCE).until(() -> page.one("title").getText().equals("New title"));
  }

  @Test
  void a_deletion_is_undone_in_time() {
    var id = stage.conversation("/echo Not to be lost");
    stage.open(id);
    listed(id);

    link(id).sendKeys(Keys.DELETE);
    await().atMost(PATIENCE).until(() -> !page.conversations().contains(id));
    page.click("toast-action");

    listed(id);
    assertThat(page.awaitOnly("Not to be lost").state()).isEqualTo("COMPLETED");
    assertThat(stage.user().get("/v1/conversations/" + id).status()).isEqualTo(200);
  }

  @Test
  void a_deletion_is_done_when_nobody_undoes_it() {
    var id = stage.conversation("/echo To be lost");
    stage.open(id);
    listed(id);

    link(id).sendKeys(Keys.DELETE);

    gone(id);
    assertThat(page.driver().getCurrentUrl()).endsWith("#/");
  }

  @Test
  void a_deletion_is_done_when_the_page_is_left() {
    var id = stage.conversation("/echo Left behind");
    stage.open(id);
    listed(id);

    link(id).sendKeys(Keys.DELETE);
    page.driver().get("about:blank");

    gone(id);
  }

  @Test
  void the_keyboard_begins_a_new_chat_and_finds_the_search() {
    stage.open(stage.conversation("/echo By hand"));
    page.awaitOnly("By hand");

    keys(Keys.CONTROL, Keys.SHIFT, "o");
    await().atMost(PATIENCE).until(() -> page.driver().getCurrentUrl().endsWith("#/"));
    assertThat(page.messages("user")).isEmpty();
    keys(Keys.CONTROL, "k");

    assertThat(page.driver().switchTo().activeElement()).isEqualTo(page.one("search"));
  }

  private static void keys(CharSequence... chord) {
    page.driver().findElement(By.tagName("body")).sendKeys(Keys.chord(chord));
  }

  private static WebElement link(String id) {
    return page.driver().findElement(By.cssSelector("a[data-id='%s']".formatted(id)));
  }

  private static void listed(String id) {
    await().atMost(PATIENCE).until(() -> page.conversations().contains(id));
  }

  private static void gone(String id) {
    var path = "/v1/conversations/" + id;
    await().atMost(PATIENCE).until(() -> stage.user().get(path).status() == 404);
  }
}
