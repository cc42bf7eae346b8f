package dev.prosa.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the page needs is named in its HTML: otherwise a browser learns of each module only when it
/// has read the one that imports it, a round trip later.
class ModulesTest {

  private static final Path FOLDER = Path.of("src/main/resources/web");
  private static final Pattern SCRIPT = Pattern.compile("type=\"module\" src=\"(/[^\"]+)\"");
  private static final Pattern PRELOAD = Pattern.compile("\"modulepreload\" href=\"(/[^\"]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile("^(?:import|export)(?:[^;]*? from)? \"([^\"]+)\";", Pattern.MULTILINE);

  @Test
  void every_module_that_the_page_imports_is_loaded_at_once() {
    var html = read("/index.html");
    var needed = new LinkedHashSet<String>();
    found(SCRIPT, html).forEach(script -> follow(script, needed));

    assertThat(Stream.concat(found(SCRIPT, html), found(PRELOAD, html)))
        .as("scripts and modulepreload of index.html")
        .containsExactlyInAnyOrderElementsOf(needed);
  }

  private static void follow(String module, Set<String> known) {
    if (!known.add(module) || module.startsWith("/webjars/")) {
      return;
    }
    var folder = Objects.requireNonNull(Path.of(module).getParent());
    found(IMPORT, read(module))
        .forEach(name -> follow(folder.resolve(name).normalize().toString(), known));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(r -> Objects.requireNonNull(r.group(1)));
  }

  private static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file.substring(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
