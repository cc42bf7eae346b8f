package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/// The page for people with other eyes, hands, languages and devices.
class ChatPageAccessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String RICH =
      """
      /echo # Head

      Text with `code`, **bold** and [a link](https://example.com).

      ```java
      var x = 1; // one
      return "two";
      ```

      | a | b |
      |---|--:|
      | 1 | 2 |

      > quoted

      - [x] done

      $$\\frac{1}{2}$$
      """;

  @TempDir private static Path folder;
  private static ChatPageStage stage;
  private static ChatPage page;
  private static ChatPageLook look;
  private static String rich;

  @BeforeAll
  static void start() {
    stage = ChatPageStage.start(folder, Map.of());
    page = stage.page();
    look = stage.look();
    rich = stage.conversation(RICH);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void beADesktop() {
    look.desktop();
    look.online(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void every_main_state_is_accessible(String colours) {
    look.colours(colours);
    stage.open();
    look.assertAccessible("welcome");
    stage.open(stage.conversation(RICH));
    await().atMost(PATIENCE).until(ChatPageAccessTest::isRich);
    page.click("details-button");
    await().atMost(PATIENCE).until(() -> page.says("prosa-offline"));
    look.assertAccessible("a reply with everything");
    page.click("settings-button");
    look.assertAccessible("settings");
    page.click("settings-close");
    page.ask("/slow");
    page.awaitMore(2, 5);
    look.assertAccessible("writing");
    page.click("stop");
    page.awaitEnd(2);
    look.assertAccessible("stopped");
    look.online(false);
    await().atMost(PATIENCE).until(() -> page.one("banner").isDisplayed());
    look.assertAccessible("offline");
  }

  private static boolean isRich() {
    return !page.driver().findElements(By.cssSelector(".hljs-keyword")).isEmpty()
        && !page.driver().findElements(By.cssSelector(".katex")).isEmpty();
  }

  @Test
  void a_failure_is_accessible() {
    try (var backDoor = BackDoor.of(stage.data())) {
      stage.open(backDoor.failing("local", "/echo too late").conversation().value());
    }
    assertThat(page.awaitEnd(1).state()).isEqualTo("FAILED");

    look.assertAccessible("failed");
  }

  @Test
  void a_phone_shows_everything_within_its_width() {
    look.phone();
    stage.open(rich);
    await().atMost(PATIENCE).until(ChatPageAccessTest::isRich);

    look.assertAccessible("phone");
    assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
    page.click("menu");
    await().atMost(PATIENCE).until(() -> page.one("new-chat").isDisplayed());
    look.assertAccessible("phone, list");
    page.choose(rich);
  }

  @Test
  void the_language_is_chosen_and_kept() {
    stage.open(rich);
    page.click("settings-button");
    page.one("language").findElement(By.cssSelector("option[value=pt-BR]")).click();

    assertThat(page.one("settings").getText()).contains("Idioma e aparência");
    page.click("settings-close");
    page.reload();
    assertThat(page.one("new-chat").getText()).isEqualTo("Nova conversa");
    assertThat(page.run("return document.documentElement.lang")).isEqualTo("pt-BR");
    look.assertAccessible("Portuguese");
    page.run("localStorage.clear()");
  }

  @Test
  void the_language_is_that_of_the_browser() {
    var agent = String.valueOf(page.run("return navigator.userAgent"));
    override(agent, "pt-PT,en");
    stage.open();

    assertThat(page.one("new-chat").getText()).isEqualTo("Nova conversa");
    override(agent, "en");
  }

  private static void override(String agent, String languages) {
    page.driver()
        .executeCdpCommand(
            "Emulation.setUserAgentOverride",
            Map.of("userAgent", agent, "acceptLanguage", languages));
  }

  @Test
  void nothing_moves_for_those_who_do_not_want_it() {
    look.media("prefers-reduced-motion", "reduce");
    stage.open();

    page.ask("/slow");
    page.awaitMoreThan(0);

    assertThat(page.run("return document.getAnimations().length")).isEqualTo(0L);
    page.click("stop");
    page.awaitEnd(1);
  }
}
