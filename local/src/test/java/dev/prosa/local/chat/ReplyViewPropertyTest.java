package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.reply.ReplyEvent;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyViewPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shows_a_beginning_of_one_attempt_and_then_the_reply(long seed) {
    var stream = LossyStream.of(seed);
    var view = ReplyView.NONE;

    for (var event : stream.events()) {
      var next = view.after(event).view();
      assertThat(next.attempt()).isGreaterThanOrEqualTo(view.attempt());
      if (next.attempt() > 0) {
        assertThat(stream.texts().get(next.attempt() - 1)).startsWith(next.text());
      }
      view = next;
    }

    assertThat(view.phase()).isEqualTo(ReplyView.Phase.COMPLETED);
    assertThat(view.text()).isEqualTo(stream.texts().getLast());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void prints_the_reply_after_the_last_line_that_starts_over(long seed) {
    var stream = LossyStream.of(seed);
    var printed = new Printed(false);
    var printer = new ReplyPrinter(printed.screen());
    var view = ReplyView.NONE;

    for (ReplyEvent event : stream.events()) {
      var next = view.after(event).view();
      printer.show(view, next);
      view = next;
    }

    assertThat(printed.afterLast(": starting over]\n")).isEqualTo(withEnd(view.text()));
  }

  private static String withEnd(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }
}
