package dev.prosa.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MarkTest {

  private static final Mark MARK = new Mark(4711, -2);

  @Test
  void is_found_in_the_frame_of_a_delta() {
    var text = MARK.text(100);
    var delta = new ReplyEvent.ReplyDelta(new JobId(ConversationId.create(), 1), 1, 0, text);

    assertThat(text).hasSize(100);
    assertThat(Mark.find(bytes(delta.toJson()))).isEqualTo(MARK);
  }

  @Test
  void is_not_found_where_none_is() {
    assertThat(Mark.find(bytes("{\"type\":\"pong\"}"))).isNull();
    assertThat(Mark.find(bytes(""))).isNull();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
