package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/// What stands around the messages: its words, its place, and the way out.
class ChatPageFrameTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Notes every word of the HTML that is visible in a frame before its translation.
  private static final String WATCH =
      """
      window.seen = new Set();
      const look = () => {
        for (const node of document.querySelectorAll('[data-t]')) {
          if (node.checkVisibility({ visibilityProperty: true })) seen.add(node.textContent.trim());
        }
        requestAnimationFrame(look);
      };
      look();
      """;

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

  @BeforeEach
  void beADesktop() {
    stage.look().desktop();
    stage.look().online(true);
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).until(condition);
  }

  @Test
  void a_reader_of_another_language_sees_no_english_on_a_slow_line() {
    var agent = String.valueOf(page.run("return navigator.userAgent"));
    languages(agent, "pt-BR");
    var watch = cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    cdp("Network.enable", Map.of());
    cdp("Network.clearBrowserCache", Map.of());
    line(150, 200_000);

    stage.open();

    var seen = String.valueOf(page.run("return [...window.seen].join('\\n')"));
    assertThat(seen.lines())
        .contains("Nova conversa", "O que você gostaria de saber?")
        .doesNotContain("New chat", "Connecting", "Enter sends, Shift and Enter starts a new line");
    line(0, -1);
    languages(agent, "en");
    cdp(
        "Page.removeScriptToEvaluateOnNewDocument",
        Map.of("identifier", Objects.requireNonNull(watch.get("identifier"))));
  }

  private static void line(int latencyMillis, int bytesPerSecond) {
    cdp(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline", false,
            "latency", latencyMillis,
            "downloadThroughput", bytesPerSecond,
            "uploadThroughput", bytesPerSecond));
  }

  private static void languages(String agent, String accepted) {
    cdp("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", accepted));
  }

  private static Map<String, Object> cdp(String command, Map<String, Object> parameters) {
    return page.driver().executeCdpCommand(command, parameters);
  }

  @Test
  void a_toast_stands_in_the_middle_of_the_messages_and_has_room_on_a_phone() {
    var id = stage.conversation("/echo a title of some length, so that it needs its room");
    stage.open(id);
    until(() -> page.conversations().contains(id));

    page.driver()
        .findElement(By.cssSelector("a[data-id='%s']".formatted(id)))
        .sendKeys(Keys.DELETE);
    until(() -> page.one("toast").isDisplayed());
    assertThat(edges("#toast").getLast()).isEqualTo(edges("#composer").getLast());
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));

    assertThat(edges("#toast").subList(0, 2)).containsExactly(16, 344);
    page.click("toast-action");
  }

  private static List<Integer> edges(String selector) {
    var script =
        """
        const box = document.querySelector('%s').getBoundingClientRect();
        return [box.left, box.right, (box.left + box.right) / 2].map(Math.round).join(' ');
        """
            .formatted(selector);
    return List.of(page.run(script).toString().split(" ", -1)).stream()
        .map(Integer::valueOf)
        .toList();
  }

  @Test
  void the_top_bar_says_that_something_is_hidden_above() {
    stage.open(stage.conversation("/long"));
    page.awaitEnd(1);

    until(() -> "true".equals(over()));
    page.run("document.getElementById('scroller').scrollTo(0, 0)");
    until(() -> "false".equals(over()));
  }

  private static String over() {
    return String.valueOf(page.run("return document.getElementById('topbar').dataset.over"));
  }

  @Test
  void who_signs_out_leaves_nothing_behind() {
    stage.open();
    page.run("sessionStorage.setItem('prosa.token', 'dev-leaver')");
    page.reload();
    page.ask("/echo mine");
    page.awaitEnd(1);
    page.one("composer").sendKeys("half a thought");

    page.click("settings-button");
    page.click("sign-out");

    until(() -> page.run("return sessionStorage.length").equals(0L));
    until(() -> page.messages("user").isEmpty() && page.one("new-chat").isDisplayed());
    assertThat(page.driver().getCurrentUrl()).isEqualTo(stage.chat().page().toString());
    page.click("settings-button");
    assertThat(page.one("sign-out").isDisplayed()).as("signed out already").isFalse();
    page.click("settings-close");
  }
}
