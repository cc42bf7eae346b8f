package dev.prosa.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomIdTest {

  @Test
  void is_never_made_twice() {
    var made = Stream.generate(RandomId::create).limit(1_000).toList();

    assertThat(made).doesNotHaveDuplicates();
    assertThat(made).allMatch(id -> id.value().matches("[0-9a-v]{26}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0123456789abcdefghijklmno",
        "0123456789abcdefghijklmnopq",
        "0123456789abcdefghijklmnow",
        "0123456789ABCDEFGHIJKLMNOP",
        "0123456789abcdefghijklmnop\n"
      })
  void is_nothing_else(String value) {
    assertThatThrownBy(() -> new RandomId(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
