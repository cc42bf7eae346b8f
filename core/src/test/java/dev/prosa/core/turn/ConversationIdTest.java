package dev.prosa.core.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {

  @Test
  void is_read_as_it_was_written() {
    var id = ConversationId.create();

    assertThat(ConversationId.parse(id.value())).isEqualTo(id);
    assertThat(id).hasToString(id.value()).isNotEqualTo(ConversationId.create());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c_",
        "c_0",
        "0123456789abcdefghijklmnop",
        "c_0123456789abcdefghijklmnopq",
        "c_0123456789abcdefghijklmnow",
        "c_0123456789ABCDEFGHIJKLMNOP",
        "j_0123456789abcdefghijklmnop",
        "c_0123456789abcdefghijklmnop\n"
      })
  void is_not_read_from_anything_else(String text) {
    assertThat(ConversationId.parse(text)).isNull();
    assertThatThrownBy(() -> new ConversationId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
