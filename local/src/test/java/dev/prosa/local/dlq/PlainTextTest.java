package dev.prosa.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

  @ParameterizedTest
  @CsvSource({
    "'\u001b[2J', \\u001b[2J",
    "'\u009b31m', \\u009b31m",
    "'\u202eabc', \\u202eabc",
    "'\u2028x', \\u2028x",
    "'\ud800x', \\ud800x",
    "'\u200bx', \\u200bx",
  })
  void spells_out_what_could_act_on_a_terminal(String text, String shown) {
    assertThat(PlainText.of(text)).isEqualTo(shown);
  }

  @Test
  void keeps_everything_on_one_line() {
    assertThat(PlainText.of("a\r\nb\tc")).isEqualTo("a\\u000d\\u000ab\\u0009c");
  }

  @Test
  void leaves_other_text_alone() {
    assertThat(PlainText.of("Grüße 👋 世界 \\ $1")).isEqualTo("Grüße 👋 世界 \\ $1");
  }

  @Test
  void cuts_what_is_too_long() {
    assertThat(PlainText.of("abcdef", 3)).isEqualTo("abc...");
    assertThat(PlainText.of("abc", 3)).isEqualTo("abc");
  }
}
