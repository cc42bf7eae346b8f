package dev.prosa.core.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

  private static final String RANDOM = "0123456789abcdefghijklmnop";

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 123_456, 999_999_999})
  void is_read_as_it_was_written(int turn) {
    var job = new JobId(ConversationId.create(), turn);

    assertThat(JobId.parse(job.value())).isEqualTo(job);
    assertThat(job.toString()).isEqualTo(job.value());
  }

  @Test
  void tells_conversation_and_turn() {
    var job = Objects.requireNonNull(JobId.parse("j_" + RANDOM + "_12"));

    assertThat(job.conversation().value()).isEqualTo("c_" + RANDOM);
    assertThat(job.turn()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "j_",
        "x",
        "j__1",
        "j_" + RANDOM,
        "j_" + RANDOM + "_",
        "j_" + RANDOM + "_0",
        "j_" + RANDOM + "_01",
        "j_" + RANDOM + "_-1",
        "j_" + RANDOM + "_1x",
        "j_" + RANDOM + "_1\n",
        " j_" + RANDOM + "_1",
        "J_" + RANDOM + "_1",
        "c_" + RANDOM + "_1",
        "j_" + RANDOM + "w_1",
        "j_0123456789ABCDEFGHIJKLMNOP_1",
        "j_" + RANDOM + "_1000000000",
        "j_" + RANDOM + "_99999999999999999999",
        "j_" + RANDOM + "_\u0661"
      })
  void is_not_read_from_anything_else(String text) {
    assertThat(JobId.parse(text)).isNull();
  }

  @Test
  void knows_the_next_turn() {
    var job = new JobId(ConversationId.create(), 9);

    assertThat(job.next()).isEqualTo(new JobId(job.conversation(), 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void has_no_turn_before_the_first(int turn) {
    var conversation = ConversationId.create();

    assertThatThrownBy(() -> new JobId(conversation, turn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + turn);
  }
}
