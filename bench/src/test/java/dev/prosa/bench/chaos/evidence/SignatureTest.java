package dev.prosa.bench.chaos.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {

  @Test
  void marks_every_word_with_question_call_and_place() {
    assertThat(new Signature(17, 2, 3).text()).isEqualTo("q17.2.0 q17.2.1 q17.2.2 ");
  }

  @Test
  void has_characters_of_two_units() {
    var text = new Signature(1, 1, 10).text();

    assertThat(text.codePointCount(0, text.length())).isLessThan(text.length());
  }

  @Test
  void finds_its_question_in_a_prompt() {
    assertThat(Signature.question(Signature.prompt(42))).isEqualTo(42);
    assertThat(Signature.question("What is the time?")).isZero();
  }
}
