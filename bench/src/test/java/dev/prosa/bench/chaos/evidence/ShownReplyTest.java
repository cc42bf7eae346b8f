package dev.prosa.bench.chaos.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ShownReplyTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static JsonNode delta(int attempt, int offset, String text) {
    return JSON.createObjectNode()
        .put("type", "reply.delta")
        .put("attempt", attempt)
        .put("offset", offset)
        .put("text", text);
  }

  @Test
  void appends_what_fits_and_ignores_what_is_known() {
    var shown = ShownReply.NONE.after(delta(1, 0, "abc")).reply();

    assertThat(shown.after(delta(1, 2, "cd")).reply().text()).isEqualTo("abcd");
    assertThat(shown.after(delta(1, 1, "b")).reply()).isEqualTo(shown);
  }

  @Test
  void sees_a_gap() {
    assertThat(ShownReply.NONE.after(delta(1, 5, "x")).gap()).isTrue();
  }

  @Test
  void forgets_the_text_of_a_lower_attempt() {
    var shown = ShownReply.NONE.after(delta(1, 0, "abc")).reply();

    assertThat(shown.after(delta(2, 0, "x")).reply()).isEqualTo(new ShownReply(2, "x", ""));
    assertThat(shown.after(delta(0, 3, "x")).reply()).isEqualTo(shown);
  }

  private static ObjectNode failure(int attempt) {
    return JSON.createObjectNode().put("type", "job.failed").put("attempt", attempt);
  }

  @Test
  void follows_a_failed_reply_that_was_redriven() {
    var failed = ShownReply.NONE.after(delta(4, 0, "abc")).reply().after(failure(4)).reply();

    assertThat(failed.after(delta(6, 0, "x")).reply()).isEqualTo(new ShownReply(6, "x", ""));
    assertThat(failed.after(delta(6, 0, "x")).reply().after(failure(4)).reply().isOpen()).isTrue();
  }

  @Test
  void keeps_the_first_end() {
    var failed = ShownReply.NONE.after(failure(1)).reply();

    assertThat(failed.after(delta(1, 0, "abc")).reply()).isEqualTo(failed);
    assertThat(failed.afterPoll(JSON.createObjectNode().put("state", "COMPLETED")))
        .isEqualTo(failed);
  }
}
