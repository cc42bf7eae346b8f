package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// What is written and not sent yet, and the reader's place, stay where they are.
class ChatPageWritingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  private static String draft() {
    return String.valueOf(page.one("composer").getDomProperty("value"));
  }

  private static WebElement link(String id) {
    return page.driver().findElement(By.cssSelector("a[data-id='%s']".formatted(id)));
  }

  private static void listed(String id) {
    await().atMost(PATIENCE).until(() -> page.conversations().contains(id));
  }

  @Test
  void every_conversation_keeps_its_own_draft_also_over_a_reload() {
    var one = stage.conversation("/echo one");
    var other = stage.conversation("/echo other");
    stage.open(one);
    listed(other);
    page.one("composer").sendKeys("for one");

    page.choose(other);
    page.awaitOnly("other");
    assertThat(draft()).isEmpty();
    page.one("composer").sendKeys("for other");
    page.reload();

    assertThat(draft()).isEqualTo("for other");
    listed(one);
    page.choose(one);
    page.awaitOnly("one");
    assertThat(draft()).isEqualTo("for one");
    page.one("composer").clear();
    page.ask("/echo sent");
    page.awaitEnd(2);
    page.reload();
    assertThat(draft()).isEmpty();
  }

  @Test
  void what_is_written_while_a_new_conversation_begins_stays_with_it() {
    stage.open();
    page.ask("/slow");
    page.one("composer").sendKeys("and then?");
    await().atMost(PATIENCE).until(() -> page.driver().getCurrentUrl().contains("#/c/"));

    page.click("new-chat");

    assertThat(draft()).isEmpty();
    page.driver().navigate().back();
    await().atMost(PATIENCE).until(() -> draft().equals("and then?"));
    page.click("stop");
  }

  @Test
  void an_undone_deletion_leaves_the_reader_where_they_are() {
    var read = stage.conversation("/echo being read");
    var deleted = stage.conversation("/echo deleted meanwhile");
    stage.open(read);
    listed(deleted);

    link(deleted).sendKeys(Keys.DELETE);
    await().atMost(PATIENCE).until(() -> !page.conversations().contains(deleted));
    page.click("toast-action");

    listed(deleted);
    assertThat(page.driver().getCurrentUrl()).endsWith("#/c/" + read);
    assertThat(page.awaitOnly("being read").state()).isEqualTo("COMPLETED");
  }

  @Test
  void an_undone_deletion_brings_the_reader_back_only_from_where_it_has_put_them() {
    var deleted = stage.conversation("/echo was being read");
    var next = stage.conversation("/echo read next");
    stage.open(deleted);
    listed(next);

    link(deleted).sendKeys(Keys.DELETE);
    await().atMost(PATIENCE).until(() -> !page.conversations().contains(deleted));
    page.choose(next);
    page.click("toast-action");

    listed(deleted);
    assertThat(page.driver().getCurrentUrl()).endsWith("#/c/" + next);
  }

  @Test
  void the_keyboard_scrolls_from_an_empty_composer_and_from_the_messages() {
    stage.open(stage.conversation("/long"));
    page.awaitEnd(1);
    await().atMost(PATIENCE).until(() -> scrolled() > 0);
    var end = scrolled();

    page.one("composer").sendKeys(Keys.PAGE_UP);
    await().atMost(PATIENCE).until(() -> scrolled() < end);
    page.one("composer").sendKeys(Keys.PAGE_DOWN);
    await().atMost(PATIENCE).until(() -> scrolled() == end);
    page.run("document.activeElement.blur()");
    page.driver().findElement(By.tagName("body")).sendKeys(Keys.PAGE_UP);
    await().atMost(PATIENCE).until(() -> scrolled() < end);

    page.run("document.getElementById('scroller').focus()");
    assertThat(page.driver().switchTo().activeElement()).isEqualTo(page.one("scroller"));
    assertThat(page.one("scroller").getAccessibleName()).isEqualTo("Chat");
  }

  private static long scrolled() {
    return Math.round(
        Double.parseDouble(
            page.run("return String(document.getElementById('scroller').scrollTop)").toString()));
  }
}
