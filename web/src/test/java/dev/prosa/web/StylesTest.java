package dev.prosa.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages share style sheets: a rule that moves to another one must not be missed elsewhere.
class StylesTest {

  private static final Path FOLDER = Path.of("src/main/resources/web");
  private static final Pattern SHEET = Pattern.compile("rel=\"stylesheet\" href=\"(/[^\"]+)\"");
  private static final Pattern CLASSES = Pattern.compile("class=\"([^\"]+)\"");
  private static final Pattern DIALOG = Pattern.compile("<dialog([^>]*)>");
  private static final Pattern DRAWN = Pattern.compile(" class=\"(dialog|sheet)[ \"]");
  private static final Pattern RULE = Pattern.compile("\\.([a-z][a-z0-9-]*)");

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "ops/index.html"})
  void every_class_of_a_page_has_a_rule_in_a_sheet_that_it_loads(String page) throws IOException {
    var html = Files.readString(FOLDER.resolve(page));
    var named = found(CLASSES, html).flatMap(names -> Arrays.stream(names.split(" ", -1)));
    var ruled = new TreeSet<String>();
    for (var sheet : found(SHEET, html).toList()) {
      ruled.addAll(found(RULE, Files.readString(FOLDER.resolve(sheet.substring(1)))).toList());
    }

    assertThat(named).isNotEmpty().isSubsetOf(ruled);
  }

  /// A dialog without one of these looks as the browser draws it.
  @ParameterizedTest
  @ValueSource(strings = {"index.html", "ops/index.html"})
  void every_dialog_is_drawn_as_one(String page) throws IOException {
    var html = Files.readString(FOLDER.resolve(page));

    assertThat(found(DIALOG, html))
        .isNotEmpty()
        .allMatch(attributes -> DRAWN.matcher(attributes).find());
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(r -> Objects.requireNonNull(r.group(1)));
  }
}
