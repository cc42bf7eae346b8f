package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.runtime.Lifecycle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/// The page that shows the API in a real browser, on the whole chat.
class DocsPageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static Lifecycle parts = Lifecycle.create();
  private static RunningChat chat;

  @BeforeAll
  static void start() {
    parts = Lifecycle.create();
    chat = parts.own("chat", Chats.start(folder.resolve("data")));
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @Test
  void an_operation_is_tried_on_this_server_and_nothing_goes_elsewhere() {
    ChromeDriver driver = Browser.start(folder.resolve("profile"));
    parts.own("browser", driver::quit);
    var page = new ChatPage(driver);

    answers(driver, "Operations/getHealth", "200", "\"status\"");
    answers(driver, "Messages/postMessage", "202", "\"jobId\"");

    assertThat(page.complaints()).isEmpty();
    assertThat(
            page.run(
                "return performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(name => !name.startsWith(location.origin + '/')).join()"))
        .isEqualTo("");
  }

  /// Opens an operation, has it executed as it stands there, and waits for what is answered.
  private static void answers(ChromeDriver driver, String operation, String status, String word) {
    driver.get("about:blank");
    driver.get(chat.page() + "docs#/" + operation);
    tryOut(driver);
    click(driver, ".opblock.is-open .execute");
    var response = ".opblock.is-open .live-responses-table .response";
    await()
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .untilAsserted(
            () -> assertThat(one(driver, response).getText()).contains(status).contains(word));
  }

  /// The button is drawn before the whole document is read, and drawn anew then, as if nobody had
  /// pressed it.
  private static void tryOut(ChromeDriver driver) {
    var button = By.cssSelector(".opblock.is-open .try-out__btn:not(.cancel)");
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(ChatPage::isNotThereNow)
        .until(() -> {
          driver.findElements(button).forEach(WebElement::click);
          return !driver.findElements(By.cssSelector(".opblock.is-open .execute")).isEmpty();
        });
  }

  private static void click(ChromeDriver driver, String selector) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(ChatPage::isNotThereNow)
        .until(() -> {
          one(driver, selector).click();
          return true;
        });
  }

  private static WebElement one(ChromeDriver driver, String selector) {
    return await()
        .atMost(PATIENCE)
        .until(() -> driver.findElements(By.cssSelector(selector)), found -> !found.isEmpty())
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html; charset=utf-8, swagger-ui",
    "/docs/, text/html; charset=utf-8, swagger-ui",
    "/docs/openapi.yaml, application/yaml, openapi: 3.1.0",
    "/docs/asyncapi.yaml, application/yaml, asyncapi: 3.0.0",
    "/docs/protocol.md, text/markdown; charset=utf-8, prosa.v1",
    "/docs/client.md, text/markdown; charset=utf-8, new ProsaClient",
  })
  void the_documents_are_served(String path, String mediaType, String content) {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(mediaType);
    assertThat(answer.headers().firstValue("ETag")).isPresent();
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("img-src 'self';", "style-src 'self';", "script-src 'self';")
        .doesNotContain("unsafe", "data:");
    assertThat(answer.body()).contains(content);
  }

  private static HttpResponse<String> get(String path) {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(chat.page().resolve(path)).build();
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path, e);
    }
  }
}
