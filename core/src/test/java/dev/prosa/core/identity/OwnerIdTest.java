package dev.prosa.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "auth0|5f7c8ec7c33c6c004bbafe82", "a.b+c@d-e.f_G:1=/2"})
  void takes_what_tokens_name(String value) {
    assertThat(new OwnerId(value)).hasToString(value);
    assertThat(OwnerId.isValid(value)).isTrue();
  }

  @Test
  void takes_128_characters() {
    assertThat(OwnerId.isValid("x".repeat(128))).isTrue();
    assertThat(OwnerId.isValid("x".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "{a}", "a#b", "ä", "a*", "\u0000"})
  void refuses_what_could_break_a_key_or_a_log_line(String value) {
    assertThat(OwnerId.isValid(value)).isFalse();
    assertThatThrownBy(() -> new OwnerId(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
