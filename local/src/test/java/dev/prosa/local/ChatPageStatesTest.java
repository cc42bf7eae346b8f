package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/// What the page says of a reply until it has ended, and what it offers then.
class ChatPageStatesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WORDS =
      String.join(" ", IntStream.range(0, 200).mapToObj(i -> "w" + i).toList());

  /// Keeps every phase that is shown from now on.
  private static final String WATCH =
      """
      window.phases = [];
      new MutationObserver(() => {
        for (const node of document.querySelectorAll('.assistant')) {
          const { phase } = node.dataset;
          if (window.phases.at(-1) !== phase) window.phases.push(phase);
        }
      }).observe(document.getElementById('thread'), {
        subtree: true, childList: true, attributes: true, attributeFilter: ['data-phase'],
      });
      """;

  private static final String SHIFTS =
      """
      window.shifts = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.shifts += value;
      }).observe({ type: 'layout-shift' });
      """;

  @TempDir private static Path folder;
  private static ChatPageStage stage;
  private static ChatPage page;

  @BeforeAll
  static void start() {
    stage = ChatPageStage.start(folder, Map.of("PROSA_BREAKER_WAIT", "15s"));
    page = stage.page();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void openANewChat() {
    page.driver().get("about:blank");
    stage.open();
    page.run(WATCH);
  }

  @AfterEach
  void getOnline() {
    stage.look().online(true);
  }

  private static String phases() {
    return String.valueOf(page.run("return window.phases.join(' ')"));
  }

  private static void says(String text) {
    await().atMost(PATIENCE).until(() -> page.says(text));
  }

  @Test
  void a_reply_is_sent_thought_of_written_and_done() {
    page.run(SHIFTS);

    page.ask("/long");
    page.awaitEnd(1);

    assertThat(phases()).startsWith("sending").contains("writing").endsWith("done");
    var shifts = Double.parseDouble(page.run("return String(window.shifts)").toString());
    assertThat(shifts).as("what was already read jumped by").isLessThan(0.1);
  }

  @Test
  void a_message_says_how_many_come_before_it_and_another_tab_shows_it_at_once() {
    page.ask("/slow");
    page.awaitMoreThan(0);
    var first = page.driver().getWindowHandle();
    page.openWindow(page.driver().getCurrentUrl());

    page.ask("/echo behind it");

    says("Queued behind 1 reply of this conversation");
    page.driver().close();
    page.driver().switchTo().window(first);
    says("/echo behind it");
    says("Queued behind 1 reply of this conversation");
    assertThat(page.awaitEnd(2).text()).isEqualTo("behind it");
  }

  @Test
  void a_waiting_message_says_until_when_also_after_a_reload() {
    var unlucky = Stranger.of("unlucky", stage.chat());
    for (int i = 0; i < 6; i++) {
      unlucky.say("/fail 6"); // equal questions are counted together
    }
    await().atMost(PATIENCE).until(() -> status().equals("degraded"));
    page.ask("/echo I am back");
    says("Next try at");

    page.reload();

    says("The model is not available right now.");
    assertThat(page.awaitEnd(1).text()).isEqualTo("I am back");
  }

  private static String status() {
    return stage.user().get("/v1/health").text("status");
  }

  @Test
  void a_reply_that_breaks_off_is_started_again() {
    page.ask("/cut");

    page.awaitEnd(1);

    assertThat(phases()).contains("restarted").endsWith("done");
  }

  @Test
  void a_stopped_reply_says_so_and_is_asked_for_again() {
    page.ask("/echo " + WORDS);
    page.awaitMoreThan(0);

    page.click("stop");

    says("Stopped");
    page.click("regenerate");
    assertThat(page.awaitEnd(2).text()).isEqualTo(WORDS);
    assertThat(page.messages("user")).hasSize(2);
  }

  @Test
  void a_failed_reply_says_what_to_do_and_is_retried() {
    try (var backDoor = BackDoor.of(stage.data())) {
      var job = backDoor.failing("local", "/echo second time lucky");
      stage.open(job.conversation().value());
    }
    says("The answer did not come in time. Please try again.");

    page.click("retry");

    assertThat(page.awaitEnd(2).text()).isEqualTo("second time lucky");
  }

  @Test
  void a_page_without_network_says_so_and_sends_when_it_is_back() {
    stage.look().online(false);
    says("This device is offline.");

    page.ask("/echo sent later");
    says("Not sent. The server cannot be reached.");
    stage.look().online(true);

    assertThat(page.awaitEnd(1).text()).isEqualTo("sent later");
    await().atMost(PATIENCE).until(() -> !page.one("banner").isDisplayed());
    assertThat(page.messages("user")).hasSize(1);
  }

  @Test
  void details_are_shown_on_demand() {
    page.ask("Hello");
    page.awaitEnd(1);

    page.click("details-button");

    says("First words after");
    assertThat(page.one("details").getText()).contains("prosa-offline", "read", "written", "$");
    page.click("details-button");
    assertThat(page.one("details").isDisplayed()).isFalse();
  }

  @Test
  void the_reader_scrolls_away_from_the_end_and_jumps_back() {
    page.ask("/long");
    page.awaitMoreThan(1_200);

    page.run("document.getElementById('scroller').scrollBy(0, -400)");
    await().atMost(PATIENCE).until(() -> page.one("to-latest").isDisplayed());
    var place = page.run("return document.getElementById('scroller').scrollTop");
    page.awaitEnd(1);

    assertThat(page.run("return document.getElementById('scroller').scrollTop")).isEqualTo(place);
    page.click("to-latest");
    await().atMost(PATIENCE).until(() -> !page.one("to-latest").isDisplayed());
  }
}
