package dev.prosa.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.bench.fuzz.Answer.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {

  private static final String HEAD =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

  @Test
  void finds_the_close_code_behind_other_frames() {
    var answer =
        answer(
            HEAD
                + "\u0081\u0002{}"
                + "\u0081~\u0000\u0080"
                + "x".repeat(128)
                + "\u0088\u0002\u0011M");

    assertThat(answer.status()).isEqualTo("101");
    assertThat(answer.closeCode()).isEqualTo("4429");
  }

  @Test
  void finds_none_when_there_is_none() {
    assertThat(answer("").status()).isEqualTo("none");
    assertThat(answer("HTTP/1.1 404 No\r\n\r\n").closeCode()).isEqualTo("none");
    assertThat(answer(HEAD + "\u0081\u0002{").closeCode()).isEqualTo("none");
    assertThat(answer(HEAD + "\u0088\u0000").closeCode()).isEqualTo("without a code");
  }

  @Test
  void the_log_is_read_from_where_it_ended_before(@TempDir Path folder) throws IOException {
    var log = folder.resolve("log");
    Files.writeString(log, "10:00:00.000 ERROR Reception old\n");
    var before = Vitals.now(log);

    Files.writeString(
        log, "10:00:00.000 ERROR Reception old\n10:00:01.000 ERROR Inbox new\n\tat x\n");

    assertThat(Vitals.now(log).errorsSince(before)).containsExactly("10:00:01.000 ERROR Inbox new");
  }

  private static Answer answer(String text) {
    return new Answer(text.getBytes(StandardCharsets.ISO_8859_1), End.CLOSED);
  }
}
