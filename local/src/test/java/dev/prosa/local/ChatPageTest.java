package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.runtime.Lifecycle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/// The page in a real browser, on the whole chat.
class ChatPageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WORDS =
      String.join(" ", IntStream.range(0, 240).mapToObj(i -> "w" + i).toList());

  /// Long enough to see what the page says meanwhile, also where everything is slow.
  private static final Map<String, String> BREAKER =
      Map.of("PROSA_BREAKER_WAIT", "12s", "PROSA_USER_JOBS_IN_FLIGHT", "0");

  /// Whatever would run, load or cover something if the page took it for HTML.
  private static final String ACTIVE =
      "script, iframe, object, embed, style, link, form, input, img, svg, video, base, meta,"
          + " [onerror], [onload], [onclick], [onmouseover], [style], a[href^='javascript']";

  @TempDir private static Path folder;
  private static Lifecycle parts = Lifecycle.create();
  private static RunningChat chat;
  private static Stranger user;
  private static ChatPage page;

  @BeforeAll
  static void start() {
    parts = Lifecycle.create();
    ChromeDriver driver = Browser.start(folder.resolve("profile"));
    parts.own("browser", driver::quit);
    chat = parts.own("chat", Chats.start(folder.resolve("data"), BREAKER));
    user = Stranger.of("local", chat); // whom a page without a token belongs to
    page = new ChatPage(driver);
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @BeforeEach
  void openANewChat() {
    page.open(chat.page().toString());
  }

  @AfterEach
  void theConsoleStaysQuiet() {
    assertThat(page.complaints()).isEmpty();
  }

  private static String stored(ChatPage.Message message) {
    return job(message).path("reply").path("content").asText();
  }

  private static JsonNode job(ChatPage.Message message) {
    return user.get("/v1/jobs/" + message.job()).body();
  }

  private static String address(JsonNode accepted) {
    return chat.page() + "#/c/" + accepted.path("conversationId").asText();
  }

  @Test
  void shows_a_reply_while_it_is_written() {
    page.ask("/echo " + WORDS);

    var begin = page.awaitMoreThan(0);
    var more = page.awaitMoreThan(begin.text().length());
    var end = page.awaitEnd(1);

    assertThat(begin.state()).isEqualTo("RUNNING");
    assertThat(WORDS).startsWith(begin.text()).startsWith(more.text());
    assertThat(end).isEqualTo(new ChatPage.Message(end.job(), "COMPLETED", WORDS));
    assertThat(stored(end)).isEqualTo(WORDS);
    assertThat(page.messages("user").getFirst().text()).isEqualTo("/echo " + WORDS);
  }

  @Test
  void says_that_no_model_is_connected() {
    await().atMost(PATIENCE).until(() -> page.one("model-badge").isDisplayed());

    assertThat(page.one("model-badge").getText()).startsWith("offline demo");
  }

  @Test
  void shows_a_reply_once_and_whole_after_a_reload_in_the_middle() {
    page.ask("/echo " + WORDS);
    var begin = page.awaitMoreThan(0);

    page.reload();

    var end = page.awaitEnd(1);
    assertThat(end).isEqualTo(new ChatPage.Message(begin.job(), "COMPLETED", WORDS));
    assertThat(page.messages("user")).hasSize(1);
    assertThat(job(end).path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void shows_a_conversation_in_two_windows() {
    var accepted = user.say("/echo begin");
    user.awaitEnd(accepted);
    page.open(address(accepted));
    var first = page.driver().getWindowHandle();
    page.openWindow(address(accepted));
    page.awaitEnd(1);

    page.ask("/echo to both");

    assertThat(page.awaitEnd(2).text()).isEqualTo("to both");
    page.driver().close();
    page.driver().switchTo().window(first);
    assertThat(page.awaitEnd(2).text()).isEqualTo("to both");
    assertThat(page.messages("user").getLast().text()).isEqualTo("/echo to both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror='window.__xss=1;alert(1)'>",
        "<img src='https://evil.example/a.png'>",
        "![picture](https://evil.example/b.png)",
        "<svg onload='window.__xss=1'><script>window.__xss=1</script></svg>",
        "[click](javascript:window.__xss=1) <a href='javascript:window.__xss=1'>click</a>",
        "<iframe src='https://evil.example/'></iframe><style>*{display:none}</style>",
        "<b onmouseover='window.__xss=1' style='position:fixed;inset:0'>big</b>",
      })
  void takes_what_a_model_writes_for_text(String payload) {
    page.ask("/echo " + payload);

    var reply = page.awaitEnd(1);

    assertThat(stored(reply)).isEqualTo(payload);
    var text = page.driver().findElements(By.cssSelector("[data-testid='message-text']"));
    assertThat(text)
        .hasSize(2)
        .allSatisfy(t -> assertThat(t.findElements(By.cssSelector(ACTIVE))).isEmpty());
    assertThat(page.run("return typeof window.__xss")).isEqualTo("undefined");
    assertThat(
            page.run(
                "return performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(name => !name.startsWith(location.origin + '/')).join()"))
        .isEqualTo("");
  }

  @Test
  void keeps_what_was_written_when_the_reader_stops_it() {
    page.ask("/echo " + WORDS);
    page.awaitMoreThan(0);

    page.click("stop");

    var end = page.awaitEnd(1);
    assertThat(end.state()).isEqualTo("CANCELLED");
    assertThat(end.text()).isNotEmpty().isEqualTo(stored(end).strip());
    assertThat(WORDS).startsWith(end.text()).isNotEqualTo(end.text());
  }

  @Test
  void a_failed_reply_is_answered_on_the_page_after_a_redrive() {
    try (var backDoor = BackDoor.of(folder.resolve("data"))) {
      var job = backDoor.failing("local", "/echo here again");
      await().atMost(PATIENCE).until(() -> redrivable(job.value()));
      page.open(chat.page() + "#/c/" + job.conversation());
      assertThat(page.awaitEnd(1).state()).isEqualTo("FAILED");

      assertThat(Dlq.run(folder.resolve("data"), "redrive " + job).code()).isZero();

      var end = new ChatPage.Message(job.value(), "COMPLETED", "here again");
      await().atMost(PATIENCE).until(() -> page.messages("assistant").contains(end));
    }
  }

  private static boolean redrivable(String job) {
    return Dlq.run(folder.resolve("data"), "list --json").out().contains(job);
  }

  @Test
  void says_that_a_message_waits_while_no_model_is_there_and_shows_its_reply_by_itself() {
    var unlucky = Stranger.of("unlucky", chat);
    for (int i = 0; i < 6; i++) {
      unlucky.say("/fail 6"); // equal questions are counted together
    }
    await().atMost(PATIENCE).until(() -> health("status").equals("degraded"));

    page.ask("/echo I am back");

    await().atMost(PATIENCE).until(() -> page.says("The model is not available right now."));
    assertThat(page.awaitEnd(1).text()).isEqualTo("I am back");
  }

  private static String health(String field) {
    return user.get("/v1/health").body().path(field).asText();
  }

  @Test
  void opens_the_conversation_that_is_chosen_in_the_list() {
    page.ask("/echo the older one");
    var older = job(page.awaitEnd(1)).path("conversationId").asText();
    page.click("new-chat");
    page.ask("/echo the newer one");
    page.awaitEnd(1);
    await().atMost(PATIENCE).until(() -> page.conversations().indexOf(older) == 1);

    page.choose(older);

    assertThat(page.awaitOnly("the older one").state()).isEqualTo("COMPLETED");
    assertThat(page.driver().getCurrentUrl()).endsWith("#/c/" + older);
  }

  @Test
  void an_address_that_names_nothing_opens_a_new_chat() {
    page.open(chat.page() + "#/c/%E0%A4%A");

    page.ask("/echo here");

    assertThat(page.awaitEnd(1).text()).isEqualTo("here");
  }

  @Test
  void opens_the_conversation_that_the_address_names() {
    var accepted = user.say("/echo by its address");
    user.awaitEnd(accepted);

    page.open(address(accepted));

    assertThat(page.awaitEnd(1).text()).isEqualTo("by its address");
  }
}
