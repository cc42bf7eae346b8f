package dev.prosa.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptsTest {

  private static final Prompt SUPPORT = new Prompt("support", "Be kind.");
  private static final Prompt PIRATE = new Prompt("pirate", "Arr.");
  private static final Prompts BOTH = new Prompts(List.of(SUPPORT, PIRATE));

  private final List<String> problems = new ArrayList<>();

  private Prompts read(Map<String, String> environment) {
    return Prompts.read(environment, true, problems);
  }

  private String text(String value) {
    return read(Map.of("PROSA_PROMPTS", "x", "X_PROMPT", value)).all().getFirst().text();
  }

  @Test
  void there_are_none_where_none_is_named() {
    assertThat(read(Map.of("SUPPORT_PROMPT", "Be kind."))).isEqualTo(Prompts.NONE);
    assertThat(problems).isEmpty();
  }

  @Test
  void are_read_in_their_order() {
    var environment =
        Map.of("PROSA_PROMPTS", " b-2, a ", "A_PROMPT", "One.", "B_2_PROMPT", " Two. ");

    assertThat(read(environment).all())
        .containsExactly(new Prompt("b-2", "Two."), new Prompt("a", "One."));
    assertThat(Prompts.keys(environment)).containsExactly("B_2_PROMPT", "A_PROMPT");
  }

  @ParameterizedTest
  @CsvSource({
    "one\\ntwo, 'one\ntwo'",
    "'one\ntwo', 'one\ntwo'",
    "\\\\nabla, \\nabla",
    "a\\tb $1 \\, a\\tb $1 \\",
    "\\n\\nHi\\n, Hi",
  })
  void a_text_may_have_escaped_line_breaks(String value, String text) {
    assertThat(text(value)).isEqualTo(text);
  }

  @Test
  void a_text_has_at_most_8000_characters() {
    assertThat(text("x".repeat(7_998) + "\\ny")).hasSize(8_000);
    assertThat(problems).isEmpty();

    assertThat(read(Map.of("PROSA_PROMPTS", "x", "X_PROMPT", "x".repeat(7_999) + "\\ny")).all())
        .isEmpty();
    assertThat(problems).containsExactly("X_PROMPT has 8001 characters: at most 8000 are allowed");
  }

  @Test
  void the_first_is_told_when_none_is_named() {
    assertThat(BOTH.find(null)).isEqualTo(SUPPORT);
    assertThat(BOTH.find("pirate")).isEqualTo(PIRATE);
    assertThat(Prompts.NONE.find(null)).isNull();
  }

  @Test
  void one_that_is_named_must_be_known() {
    assertThat(BOTH.knows("pirate")).isTrue();
    assertThat(BOTH.knows("Pirate")).isFalse();
    assertThat(BOTH.knows(null)).isTrue();
    assertThat(Prompts.NONE.knows("pirate")).isFalse();
    assertThat(Prompts.NONE.knows(null)).isTrue();
  }

  /// `printf %s 'Grüße 👋' | sha256sum`
  @Test
  void a_version_tells_texts_under_one_name_apart() {
    assertThat(new Prompt("support", "Grüße 👋").version()).isEqualTo("support@3745eff80308");
    assertThat(SUPPORT.version()).isNotEqualTo(new Prompt("support", "Be kind").version());
  }

  @Test
  void a_text_is_not_shown() {
    assertThat(BOTH.toString()).contains(SUPPORT.version()).doesNotContain(SUPPORT.text());
  }
}
