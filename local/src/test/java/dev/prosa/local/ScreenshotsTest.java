package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.runtime.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/// Takes the pictures in the documentation: `-Dscreenshots=<folder>` says where they go.
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class ScreenshotsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path PICTURES = Path.of(String.valueOf(System.getProperty("screenshots")));
  private static final Map<String, String> BREAKER =
      Map.of("PROSA_BREAKER_WAIT", "60s", "PROSA_USER_JOBS_IN_FLIGHT", "0");

  @TempDir private static Path folder;
  private static final Lifecycle PARTS = Lifecycle.create();
  private static RunningChat chat;
  private static ChatPage page;
  private static ChatPageLook look;

  @BeforeAll
  static void start() {
    ChromeDriver driver = Browser.start(folder.resolve("profile"));
    PARTS.own("browser", driver::quit);
    chat = PARTS.own("chat", Chats.start(folder.resolve("data"), BREAKER));
    page = new ChatPage(driver);
    look = new ChatPageLook(driver);
  }

  @AfterAll
  static void stop() {
    PARTS.close();
  }

  @Test
  void the_pictures_are_taken() throws IOException {
    look.desktop();
    page.open(chat.page().toString());
    for (var title : new String[] {"A tour of the Azores", "Backoff with jitter", "Soup for six"}) {
      page.click("new-chat");
      page.ask(title);
      page.awaitEnd(1);
    }
    page.click("new-chat");
    page.ask("Which steps does a message take?");
    page.awaitEnd(1);
    page.run("document.querySelector('[data-testid=details-button]').click()");
    await().atMost(PATIENCE).until(() -> !page.run(FACTS).equals(0L));
    take("light");
    look.colours("dark");
    take("dark");
    look.media("prefers-reduced-motion", "reduce"); // so that nothing is on its way
    look.phone();
    take("phone");
    assertThat(PICTURES.resolve("page-light.png")).exists();
  }

  private static final String FACTS = "return document.querySelectorAll('.details dd').length";

  private static void take(String name) throws IOException {
    Files.write(PICTURES.resolve("page-" + name + ".png"), look.picture());
  }
}
