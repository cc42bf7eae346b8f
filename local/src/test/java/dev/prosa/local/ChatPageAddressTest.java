package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/// What the page shows of the conversation that its address names, when that is not simply there.
class ChatPageAddressTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static ChatPageStage stage;
  private static ChatPage page;
  private static String script = "";

  @BeforeAll
  static void start() {
    stage = ChatPageStage.start(folder, Map.of());
    page = stage.page();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @AfterEach
  void failNoMoreAndForgetDrafts() {
    page.run("sessionStorage.clear()");
    if (!script.isEmpty()) {
      page.driver()
          .executeCdpCommand(
              "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
      script = "";
    }
  }

  /// From the next page on so many requests for messages are answered with 503.
  private static void fail(int requests) {
    var source =
        """
        let left = %d;
        const real = globalThis.fetch;
        globalThis.fetch = (path, request) =>
          /messages\\?/.test(path) && left-- > 0
            ? Promise.resolve(new Response('{"code":"store_unavailable"}', { status: 503 }))
            : real(path, request);
        """
            .formatted(requests);
    var added =
        page.driver()
            .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", source));
    script = Objects.toString(added.get("identifier"));
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).until(condition);
  }

  private static String notice() {
    return page.one("notice").getText();
  }

  private static void erase(String conversation) {
    var path = "/v1/conversations/" + conversation;
    assertThat(stage.user().send("DELETE", path, "").join().status()).isEqualTo(204);
  }

  @Test
  void an_address_of_nothing_says_so_and_keeps_saying_it() {
    stage.open("c_" + "0".repeat(26));

    until(() -> notice().contains("There is no such conversation."));
    stage.look().online(false);
    until(() -> page.one("banner").isDisplayed());
    stage.look().online(true);
    until(() -> page.says("Connected again."));
    assertThat(notice()).contains("There is no such conversation.");
    assertThat(page.driver().getCurrentUrl()).endsWith("#/");
    page.ask("/echo here then");
    assertThat(page.awaitEnd(1).text()).isEqualTo("here then");
  }

  @Test
  void messages_that_could_not_be_read_are_read_when_somebody_wishes() {
    var id = stage.conversation("/echo read late");
    fail(3); // more than the page tries by itself
    stage.open(id);
    until(() -> notice().contains("The messages could not be read."));
    var retry = page.driver().findElement(By.id("notice-retry"));

    until(() -> {
      if (retry.isDisplayed()) {
        retry.click();
      }
      return page.messages("assistant").size() == 1;
    });

    assertThat(page.awaitOnly("read late").state()).isEqualTo("COMPLETED");
    until(() -> !page.one("notice").isDisplayed());
  }

  @Test
  void messages_that_could_not_be_read_are_read_after_a_reconnect() {
    var id = stage.conversation("/echo read by itself");
    stage.open(stage.conversation("/echo before"));
    page.awaitOnly("before");
    stage.look().online(false);
    until(() -> page.one("banner").isDisplayed());
    page.run("location.hash = '#/c/" + id + "'");
    until(() -> notice().contains("The messages could not be read."));

    stage.look().online(true);

    assertThat(page.awaitOnly("read by itself").state()).isEqualTo("COMPLETED");
    until(() -> !page.one("notice").isDisplayed());
  }

  @Test
  void a_conversation_that_is_not_on_the_first_page_of_the_list_has_its_title_and_its_line() {
    var oldest = stage.conversation("/echo Far below");
    for (int i = 0; i < 45; i++) {
      stage.user().say("/echo Above " + i);
    }

    stage.open(oldest);

    until(() -> page.one("title").getText().contains("Far below"));
    assertThat(page.driver().getTitle()).contains("Far below");
    var line = By.cssSelector("a[data-id='%s'][aria-current=page]".formatted(oldest));
    assertThat(page.driver().findElements(line)).hasSize(1);
  }

  @Test
  void a_conversation_that_was_erased_elsewhere_is_left_with_a_sentence_and_what_was_written() {
    var id = stage.conversation("/echo Not for long");
    stage.open(id);
    page.awaitOnly("Not for long");
    page.one("composer").sendKeys("half a thought");

    erase(id);
    page.run("window.dispatchEvent(new Event('focus'))");

    until(() -> notice().contains("This conversation is not there any more."));
    assertThat(page.driver().getCurrentUrl()).endsWith("#/");
    assertThat(page.messages("user")).isEmpty();
    assertThat(page.conversations()).doesNotContain(id);
    assertThat(page.one("composer").getDomProperty("value")).isEqualTo("half a thought");
  }

  @Test
  void a_message_to_a_conversation_that_was_erased_elsewhere_is_not_lost() {
    var id = stage.conversation("/echo Gone meanwhile");
    stage.open(id);
    page.awaitOnly("Gone meanwhile");
    erase(id);

    page.ask("/echo said too late");

    until(() -> notice().contains("This conversation is not there any more."));
    assertThat(page.one("composer").getDomProperty("value")).isEqualTo("/echo said too late");
    page.click("send");
    assertThat(page.awaitEnd(1).text()).isEqualTo("said too late");
  }
}
