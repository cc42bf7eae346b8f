package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.runtime.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
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
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern README_PICTURES = Pattern.compile("\\]\\(docs/([a-z-]+\\.png)\\)");
  private static final Path PICTURES = Path.of(String.valueOf(System.getProperty("screenshots")));
  private static final Map<String, String> BREAKER =
      Map.of("PROSA_BREAKER_WAIT", "60s", "PROSA_USER_JOBS_IN_FLIGHT", "0");

  @TempDir private static Path folder;
  private static Lifecycle parts = Lifecycle.create();
  private static RunningChat chat;
  private static ChatPage page;
  private static ChatPageLook look;

  @BeforeAll
  static void start() {
    parts = Lifecycle.create();
    ChromeDriver driver = Browser.start(folder.resolve("profile"));
    parts.own("browser", driver::quit);
    chat = parts.own("chat", Chats.start(folder.resolve("data"), BREAKER));
    page = new ChatPage(driver);
    look = new ChatPageLook(driver);
  }

  @AfterAll
  static void stop() {
    parts.close();
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
    take("page-light");
    look.colours("dark");
    take("page-dark");
    look.media("prefers-reduced-motion", "reduce"); // so that nothing is on its way
    look.phone();
    take("page-phone");
    look.colours("light");
    takeStates();
    takeOperations();
    assertThat(README_PICTURES.matcher(Files.readString(README)).results())
        .isNotEmpty()
        .allSatisfy(
            link -> assertThat(PICTURES.resolve(String.valueOf(link.group(1)))).isRegularFile());
  }

  /// What a reply looks like before it is there, and when it does not come.
  private static void takeStates() throws IOException {
    size(760, 440);
    open("");
    page.ask("/slow");
    page.awaitMoreThan(200);
    take("page-writing");
    page.click("stop");
    page.awaitEnd(1);
    try (var backDoor = BackDoor.of(folder.resolve("data"))) {
      var job = backDoor.failing("local", "Which way is north?");
      open("#/c/" + job.conversation());
    }
    page.awaitEnd(1);
    take("page-failed");
    var unlucky = Stranger.of("unlucky", chat);
    for (int i = 0; i < 6; i++) {
      unlucky.say("/fail 6"); // equal questions are counted together
    }
    await().atMost(PATIENCE).until(() -> health().equals("degraded"));
    open("");
    page.ask("How long is the river?");
    await().atMost(PATIENCE).until(() -> page.says("Next try at"));
    take("page-waiting");
  }

  private static void open(String fragment) {
    page.driver().get("about:blank");
    page.open(chat.page() + fragment);
  }

  private static String health() {
    return Stranger.of("local", chat).get("/v1/health").text("status");
  }

  /// The breaker is open, a message waits and a letter is dead.
  private static void takeOperations() throws IOException {
    size(1200, 1100);
    page.driver().get(chat.page() + "ops");
    await()
        .atMost(PATIENCE)
        .until(() -> page.says("left alone") && page.says("The deadline passed"));
    take("ops");
  }

  private static final String FACTS =
      "return document.querySelectorAll('.details [data-fact=cost]').length";

  private static void size(int width, int height) {
    page.driver()
        .executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  private static void take(String name) throws IOException {
    Files.write(PICTURES.resolve(name + ".png"), look.picture());
  }
}
