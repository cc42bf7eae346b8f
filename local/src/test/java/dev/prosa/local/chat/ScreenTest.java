package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenTest {

  @Test
  void gives_a_terminal_no_control_characters() {
    var printed = new Printed(true);

    printed.screen().text("a\u001b[2Jb\u009bc\td\n");

    assertThat(printed.out()).isEqualTo("a\ufffd[2Jb\ufffdc\td\n");
  }

  @Test
  void gives_a_pipe_the_text_as_it_is_and_no_colours() {
    var printed = new Printed(false);
    var screen = printed.screen();

    screen.text("a\u001bb");
    screen.note("note");
    screen.prompt();
    screen.hint("for people");

    assertThat(printed.out()).isEqualTo("a\u001bb\nnote\n");
  }

  @Test
  void dims_a_note_on_a_terminal() {
    var printed = new Printed(true);

    printed.screen().note("note");

    assertThat(printed.out()).isEqualTo("\u001b[2mnote\u001b[0m\n");
  }

  @Test
  void finishes_the_line_when_it_is_closed_and_says_no_more() {
    var printed = new Printed(false);
    var screen = printed.screen();

    screen.text("half");
    screen.close();
    screen.line("late");

    assertThat(printed.out()).isEqualTo("half\n");
  }
}
