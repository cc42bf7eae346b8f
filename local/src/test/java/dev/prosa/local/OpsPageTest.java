package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.turn.JobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.chrome.ChromeDriver;

/// The operators' page in a real browser, on the whole chat.
class OpsPageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /// What broke a rule of WCAG 2.1 A and AA or a good practice, one line each.
  private static final String CHECK =
      """
      const done = arguments[0];
      axe.run(document).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
          nodes.map(node => id + ': ' + node.target + ' ' + node.failureSummary)).join('\\n')),
        error => done(String(error)));
      """;

  /// The page asks every 2 s: an open breaker is seen though an answer or two come late.
  private static final Map<String, String> SETTINGS =
      Map.of("PROSA_BREAKER_WAIT", "8s", "PROSA_USER_JOBS_IN_FLIGHT", "0");

  @TempDir private static Path folder;
  private static Lifecycle parts = Lifecycle.create();
  private static Path data;
  private static RunningChat chat;
  private static Stranger user;
  private static ChatPage page;

  @BeforeAll
  static void start() {
    parts = Lifecycle.create();
    ChromeDriver driver = Browser.start(folder.resolve("profile"));
    parts.own("browser", driver::quit);
    data = folder.resolve("data");
    chat = parts.own("chat", Chats.start(data, SETTINGS));
    user = Stranger.of("ann", chat);
    page = new ChatPage(driver);
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @BeforeEach
  void open() {
    page.driver().get(chat.page() + "ops");
    until(() -> status().equals("live"));
  }

  @AfterEach
  void nothingIsLoadedFromElsewhere() {
    assertThat(
            page.run(
                "return performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(name => !name.startsWith(location.origin + '/')).join()"))
        .isEqualTo("");
  }

  private static ConditionFactory patience() {
    return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
  }

  private static void until(Callable<Boolean> condition) {
    patience().ignoreExceptions().until(condition);
  }

  private static String status() {
    return Objects.requireNonNullElse(page.one("status").getDomAttribute("data-state"), "");
  }

  private static String text(String id) {
    return page.one(id).getText();
  }

  private static int figure(String id) {
    return Integer.parseInt(
        page.run("return document.getElementById('" + id + "').textContent")
            .toString()
            .replace(",", ""));
  }

  private static String letterOf(JobId job) {
    return "[data-letter='" + job + "']";
  }

  private static boolean shows(JobId job) {
    return !page.driver().findElements(By.cssSelector(letterOf(job))).isEmpty();
  }

  private static void click(JobId job, String action) {
    until(() -> {
      page.driver()
          .findElement(By.cssSelector(letterOf(job) + " [data-action='" + action + "']"))
          .click();
      return true;
    });
  }

  /// A job of ann that was given up, and whose letter is on the page.
  private static JobId failed(String prompt) {
    try (var backDoor = BackDoor.of(data)) {
      var job = backDoor.failing("ann", prompt);
      until(() -> shows(job));
      return job;
    }
  }

  private static String state(JobId job) {
    return user.get("/v1/jobs/" + job).body().path("state").asText();
  }

  private static List<String> audit(JobId job) {
    try (Stream<String> lines = Files.lines(data.resolve("audit.jsonl"))) {
      return lines
          .map(Json::read)
          .filter(line -> line.path("id").asText().equals(job.value()))
          .map(line -> line.path("who").asText() + " " + line.path("action").asText())
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void figures_move_while_messages_are_answered() {
    var replies = figure("replies");
    var tokens = figure("tokens");

    for (int i = 0; i < 3; i++) {
      user.awaitEnd(user.say("/echo some words " + i));
    }

    until(() -> figure("replies") >= replies + 3 && figure("tokens") > tokens);
    assertThat(text("whole-reply")).containsPattern("p95\\s+[0-9.]+ (ms|s)");
    assertThat(text("queue-wait")).containsPattern("p99\\s+[0-9.]+ (ms|s)");
    assertThat(text("writing")).contains("by 1 worker");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void a_breaker_opens_on_the_page_and_closes_again() {
    for (int i = 0; i < 6; i++) {
      user.say("/fail 6"); // equal questions are counted together
    }

    var open = Pattern.compile("offline.*asked again at.*open: left alone", Pattern.DOTALL);
    until(() -> open.matcher(text("providers")).find());
    user.awaitEnd(user.say("/echo again"));
    until(() -> text("providers").contains("closed: takes calls"));
  }

  @Test
  void a_letter_is_shown_and_redriven_and_its_job_completes() {
    var job = failed("/echo here again");
    var said = "return document.querySelector(\"" + letterOf(job) + "\").innerText";
    patience()
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(page.run(said)).asString().contains("The deadline passed", "ann"));

    click(job, "redrive");

    until(() -> !shows(job) && text("note").contains("redriven"));
    until(() -> state(job).equals("COMPLETED"));
    assertThat(audit(job)).containsExactly("local redrive");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void what_a_user_wrote_is_shown_on_request_and_that_is_noted() {
    var job = failed("/echo <b>secret</b>");
    click(job, "show");
    until(() -> page.one("details").isDisplayed());
    assertThat(page.says("secret")).isFalse();

    page.click("show-prompt");

    until(() -> text("prompt").equals("/echo <b>secret</b>"));
    assertThat(audit(job)).containsExactly("local show_prompt");
  }

  @Test
  void a_letter_is_discarded_after_a_question() {
    var job = failed("/echo never");
    click(job, "discard");
    until(() -> page.one("discard-dialog").isDisplayed());
    assertThat(shows(job)).isTrue();

    page.click("confirm-discard");

    until(() -> !shows(job) && text("note").contains("discarded"));
    assertThat(state(job)).isEqualTo("FAILED");
    assertThat(audit(job)).containsExactly("local discard");
  }

  @Test
  void all_letters_are_redriven_at_the_rate_that_is_asked_for() {
    var jobs = Stream.of("one", "two", "three").map(word -> failed("/echo " + word)).toList();

    page.click("redrive-all");
    page.one("rate").clear();
    page.one("rate").sendKeys("20");
    page.click("confirm-bulk");

    until(() -> text("note").matches("\\d+ letters redriven.*"));
    until(() -> jobs.stream().allMatch(job -> state(job).equals("COMPLETED") && !shows(job)));
  }

  @Test
  void says_since_when_the_server_is_away_and_goes_on_when_it_is_back() {
    online(false);

    until(() -> status().equals("away"));
    assertThat(text("status")).startsWith("No answer since").contains("trying again");

    online(true);
    until(() -> status().equals("live"));
    var _ = page.complaints(); // the browser's own, about what it could not load
  }

  private static void online(boolean online) {
    page.driver().executeCdpCommand("Network.enable", Map.of());
    page.driver()
        .executeCdpCommand(
            "Network.emulateNetworkConditions",
            Map.of(
                "offline", !online,
                "latency", 0,
                "downloadThroughput", -1,
                "uploadThroughput", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everybody_can_use_it(String colours) {
    page.driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    var job = failed("/echo accessible");

    assertThat(violations()).isEmpty();
    click(job, "show");
    page.click("show-prompt");
    until(() -> text("prompt").equals("/echo accessible"));
    assertThat(violations()).isEmpty();
    page.click("close-details");
    click(job, "discard");
    until(() -> page.one("discard-dialog").isDisplayed());
    assertThat(violations()).isEmpty();
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void fits_a_phone() {
    var screen =
        Map.<String, Object>of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true);
    page.driver().executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
    var _ = failed("/echo small");

    assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
    assertThat(violations()).isEmpty();
    page.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  private static String violations() {
    page.run(axe());
    JavascriptExecutor driver = page.driver();
    return String.valueOf(driver.executeAsyncScript(CHECK));
  }

  private static String axe() {
    try (var in = Objects.requireNonNull(ClassLoader.getSystemResourceAsStream(AXE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
