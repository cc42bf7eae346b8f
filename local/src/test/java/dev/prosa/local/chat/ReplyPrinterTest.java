package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.local.chat.ReplyView.Phase;
import org.junit.jupiter.api.Test;

class ReplyPrinterTest {

  private final Printed printed = new Printed(false);
  private final ReplyPrinter printer = new ReplyPrinter(printed.screen());

  @Test
  void prints_what_is_new_and_ends_the_line() {
    show(
        new ReplyView(1, "Hel", Phase.OPEN, ""),
        new ReplyView(1, "Hello", Phase.OPEN, ""),
        new ReplyView(1, "Hello!", Phase.COMPLETED, ""));

    assertThat(printed.out()).isEqualTo("Hello!\n");
  }

  @Test
  void says_that_it_starts_over() {
    show(
        new ReplyView(1, "Hel", Phase.OPEN, ""),
        new ReplyView(1, "Hel", Phase.OPEN, "In 2 seconds."),
        new ReplyView(2, "Hi", Phase.OPEN, ""));

    assertThat(printed.out()).isEqualTo("Hel\nIn 2 seconds.\n[attempt 2: starting over]\nHi");
  }

  @Test
  void prints_the_stored_reply_whole_when_something_else_is_shown() {
    show(
        new ReplyView(1, "Hel", Phase.OPEN, ""), new ReplyView(1, "Good day", Phase.COMPLETED, ""));

    assertThat(printed.out()).isEqualTo("Hel\n[the reply as it is stored:]\nGood day\n");
  }

  @Test
  void prints_a_reply_that_another_attempt_finished_whole() {
    show(new ReplyView(1, "Hel", Phase.OPEN, ""), new ReplyView(2, "Hello", Phase.COMPLETED, ""));

    assertThat(printed.out()).isEqualTo("Hel\n[attempt 2: starting over]\nHello\n");
  }

  @Test
  void says_why_a_reply_failed_or_ended_early() {
    show(new ReplyView(1, "Hel", Phase.FAILED, "Sorry."));
    show(new ReplyView(1, "", Phase.CANCELLED, ""));

    assertThat(printed.out()).isEqualTo("Hel\n[failed] Sorry.\n[stopped]\n");
  }

  private void show(ReplyView... views) {
    var before = ReplyView.NONE;
    for (var view : views) {
      printer.show(before, view);
      before = view;
    }
  }
}
