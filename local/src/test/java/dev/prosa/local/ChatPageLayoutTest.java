package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Where things are on the page, and how much room they take.
class ChatPageLayoutTest {

  private static final String ONE = "const one = (selector) => document.querySelector(selector);";
  private static final String BOX =
      "const box = (selector) => one(selector).getBoundingClientRect();";

  /// Relative luminance and contrast: WCAG 2.1, "relative luminance" and "contrast ratio".
  private static final String CONTRAST =
      """
      const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((c) => c / 255)
          .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrast = (a, b) => {
        const [less, more] = [light(a), light(b)].sort((x, y) => x - y);
        return (more + 0.05) / (less + 0.05);
      };
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
    stage.look().colours("light");
  }

  private static double measure(String expression) {
    return Double.parseDouble(
        page.run(ONE + BOX + "return String(%s)".formatted(expression)).toString());
  }

  private static void open(String question) {
    stage.open(stage.conversation(question));
    page.awaitEnd(1);
  }

  @Test
  void a_very_long_question_shows_all_of_it_on_demand() {
    var lines = String.join("\n", IntStream.range(0, 60).mapToObj(i -> "Line " + i).toList());
    open("/echo " + lines);
    var folded = measure("box('.bubble').height");

    page.one("show-all").sendKeys(Keys.ENTER);

    assertThat(folded).isLessThan(400);
    assertThat(measure("box('.bubble').height")).isGreaterThan(1_000);
    assertThat(page.one("show-all").getText()).isEqualTo("Show less");
    assertThat(page.one("show-all").getDomAttribute("aria-expanded")).isEqualTo("true");
    assertThat(page.messages("user").getFirst().text()).endsWith("Line 59");
    stage.look().assertAccessible("a long question");
    page.one("show-all").sendKeys(Keys.SPACE);
    assertThat(measure("box('.bubble').height")).isEqualTo(folded);
  }

  @Test
  void a_short_question_has_no_such_button() {
    open("/echo short");

    assertThat(page.one("show-all").isDisplayed()).isFalse();
  }

  @Test
  void the_field_that_has_the_focus_is_seen_to_have_it() {
    for (var colours : new String[] {"light", "dark"}) {
      stage.look().colours(colours);
      stage.open();
      page.one("composer").click();

      assertThat(measure("parseFloat(getComputedStyle(one('.composer')).outlineWidth)"))
          .isGreaterThanOrEqualTo(2);
      assertThat(
              page.run(
                  ONE
                      + CONTRAST
                      + "const { outlineColor } = getComputedStyle(one('.composer'));"
                      + "return contrast(outlineColor, getComputedStyle(document.body).backgroundColor) >= 3"
                      + " && contrast(outlineColor, getComputedStyle(one('.composer')).backgroundColor) >= 3"))
          .as(colours)
          .isEqualTo(true);
    }
  }

  @Test
  void what_is_hidden_between_two_turns_takes_no_room() {
    open("/echo one");
    page.ask("/echo two");
    page.awaitEnd(2);

    assertThat(measure("box('.user ~ .user').top - box('.assistant .text').bottom"))
        .isBetween(24.0, 48.0);
    page.run("document.querySelector('.assistant [data-testid=copy]').focus()");
    assertThat(measure("box('.user ~ .user').top - box('.assistant .status').bottom"))
        .isNotNegative();
    assertThat(measure("getComputedStyle(one('.assistant .actions')).opacity")).isPositive();
  }

  @Test
  void the_buttons_of_a_failure_keep_apart() {
    try (var backDoor = BackDoor.of(stage.data())) {
      stage.open(backDoor.failing("local", "/echo too late").conversation().value());
    }
    page.awaitEnd(1);

    assertThat(measure("box('[data-testid=edit]').left - box('[data-testid=retry]').right"))
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void what_a_waiting_reply_says_stands_beside_its_dot() {
    stage.look().phone();
    stage.open();
    page.ask("/slow");
    page.awaitMoreThan(0);

    // in one step: what comes next of the reply says something else again
    var place =
        page.run(
            ONE
                + BOX
                + "one('.state > :last-child').textContent = 'It waits. '.repeat(20);"
                + "const [dot, text] = [box('.dots'), box('.state > :last-child')];"
                + "return [text.left > dot.right, text.top <= dot.top, text.right <= 390].join()");

    assertThat(place).isEqualTo("true,true,true");
    page.click("stop");
    page.awaitEnd(1);
  }

  @Test
  void lists_and_quotes_stay_within_their_column() {
    open("/echo 9. nine\n10. ten\n\ntext\n\n- [x] done\n- plain\n\ntext\n\n> quoted");

    assertThat(measure("parseFloat(getComputedStyle(one('ol')).paddingLeft)"))
        .isGreaterThanOrEqualTo(32);
    assertThat(page.run(ONE + "return getComputedStyle(one('.prose ul > li')).listStyleType"))
        .isEqualTo("none");
    assertThat(page.run(ONE + "return getComputedStyle(one('.prose ul > li + li')).listStyleType"))
        .isEqualTo("disc");
    assertThat(measure("box('blockquote').height - box('blockquote > p').height")).isLessThan(8);
  }
}
