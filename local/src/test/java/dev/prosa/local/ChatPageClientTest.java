package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/// The example of a page that somebody else writes with the page's client.
class ChatPageClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path CLIENT = Path.of("..", "docs", "client.md");
  private static final Path EXAMPLE =
      Path.of("..", "web", "src", "main", "resources", "web", "docs", "example.js");

  @Test
  void the_example_in_the_documentation_shows_a_reply(@TempDir Path folder) {
    try (var stage = ChatPageStage.start(folder, Map.of())) {
      var driver = stage.page().driver();
      driver.get(stage.chat().page() + "docs/example.html");
      await().atMost(PATIENCE).until(() -> stage.page().says("connected"));

      driver.findElement(By.id("question")).sendKeys("/echo thirty lines\n");

      var reply = By.cssSelector("#replies [data-state=COMPLETED]");
      await().atMost(PATIENCE).until(() -> !driver.findElements(reply).isEmpty());
      assertThat(driver.findElement(reply).getText()).isEqualTo("thirty lines");
      assertThat(stage.page().complaints()).isEmpty();

      driver.findElement(By.id("question")).clear();
      driver.findElement(By.id("question")).sendKeys("\n");
      await().atMost(PATIENCE).until(() -> stage.page().says("Not sent. "));
    }
  }

  @Test
  void the_documentation_shows_the_example_as_it_is() throws IOException {
    assertThat(Files.readString(CLIENT)).contains("```js\n" + Files.readString(EXAMPLE) + "```\n");
    assertThat(Files.readString(EXAMPLE).lines()).hasSizeLessThanOrEqualTo(30);
  }
}
