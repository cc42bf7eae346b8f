package dev.prosa.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page lets in, gives away, and weighs.
class ChatPageSafetyTest {

  private static final int CHUNK = 40;
  private static final int MAX_BYTES = 150_000;
  private static final double MAX_PAINT_MILLIS = 1_000;

  /// The quickest one counts: how late the others are says how busy the machine is.
  private static final int LOADS = 30;

  /// Where a payload may stand in a reply.
  private static final List<String> PLACES =
      List.of(
          "%s",
          "Text before %s and after",
          "**%s**",
          "# %s",
          "- %s",
          "> %s",
          "| a | b |\n|---|---|\n| %s | 2 |",
          "`%s`",
          "```html\n%s\n```",
          "[%s](https://example.com)",
          "<b>%s</b>",
          "<!-- %s -->");

  private static final String WEIGHT =
      "return performance.getEntriesByType('resource').concat("
          + "performance.getEntriesByType('navigation'))"
          + ".reduce((sum, entry) => sum + entry.transferSize, 0)";
  private static final String PAINT =
      "return String(performance.getEntriesByName('first-contentful-paint')[0].startTime)";
  private static final String ELSEWHERE =
      "return performance.getEntriesByType('resource').map(e => e.name)"
          + ".filter(name => !name.startsWith(location.origin + '/')).join()";

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

  @Test
  void more_than_500_payloads_split_at_every_position_do_nothing() {
    var payloads =
        PLACES.stream()
            .flatMap(place -> resource("xss-vectors.txt").lines().map(place::formatted))
            .toList();
    stage.open();
    page.driver().manage().timeouts().scriptTimeout(Duration.ofMinutes(3));

    var shown = 0L;
    for (int i = 0; i < payloads.size(); i += CHUNK) {
      var chunk = payloads.subList(i, Math.min(i + CHUNK, payloads.size()));
      var found = new ArrayList<>(run(chunk));
      shown += (Long) found.removeFirst();
      assertThat(found).isEmpty();
    }

    assertThat(payloads).hasSizeGreaterThan(500);
    assertThat(shown).isGreaterThan(20_000);
    assertThat(page.run(ELSEWHERE)).isEqualTo("");
  }

  private static List<?> run(List<String> payloads) {
    return (List<?>)
        Objects.requireNonNull(
            page.driver().executeAsyncScript(resource("xss-harness.js"), payloads));
  }

  @Test
  void a_token_is_in_no_address_and_is_gone_with_the_tab() {
    stage.open();
    page.run("sessionStorage.setItem('prosa.token', 'dev-canary')");
    page.reload();
    page.ask("/echo whose");
    page.awaitEnd(1);

    assertThat(page.run("return performance.getEntries().map(e => e.name).join()"))
        .asString()
        .doesNotContain("canary");
    assertThat(page.run("return JSON.stringify(localStorage) + document.cookie + location.href"))
        .asString()
        .doesNotContain("canary");
    page.run("sessionStorage.clear()");
  }

  @Test
  void the_page_is_light_and_soon_there() {
    var soon =
        Stream.generate(ChatPageSafetyTest::paintMillis)
            .limit(LOADS)
            .filter(millis -> millis < MAX_PAINT_MILLIS)
            .findFirst();

    assertThat(soon).as("the first of %d loads that was painted in time", LOADS).isPresent();
    assertThat((Long) page.run(WEIGHT)).isBetween(20_000L, (long) MAX_BYTES);
    assertThat(page.run("return typeof hljs + typeof katex")).isEqualTo("undefinedundefined");
  }

  /// With nothing in the browser's cache.
  private static double paintMillis() {
    page.driver().executeCdpCommand("Network.enable", Map.of());
    page.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
    page.driver().get("about:blank");
    stage.open();
    return Double.parseDouble(page.run(PAINT).toString());
  }

  private static String resource(String name) {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
