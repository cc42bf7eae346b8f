package dev.prosa.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DlqRequestTest {

  private static final String JOB = "j_" + "0".repeat(26) + "_1";

  private static DlqRequest parse(String line) {
    return DlqRequest.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("list", new DlqCommand.ListAll()),
        Arguments.of("show " + JOB, new DlqCommand.Show(JOB, false)),
        Arguments.of("show " + JOB + " --prompt", new DlqCommand.Show(JOB, true)),
        Arguments.of("redrive " + JOB, new DlqCommand.RedriveOne(JOB)),
        Arguments.of("redrive --all", new DlqCommand.RedriveAll(10)),
        Arguments.of("redrive --all --rate 2.5/s", new DlqCommand.RedriveAll(2.5)),
        Arguments.of("redrive --rate=3 --all", new DlqCommand.RedriveAll(3)),
        Arguments.of("discard 7b2c-11", new DlqCommand.Discard("7b2c-11")),
        Arguments.of("help", new DlqCommand.Help()),
        Arguments.of("show --help", new DlqCommand.Help()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void understands_a_command(String line, DlqCommand command) {
    assertThat(parse(line).command()).isEqualTo(command);
  }

  @Test
  void options_may_stand_anywhere() {
    assertThat(parse("--json list --limit 7 --aws"))
        .isEqualTo(new DlqRequest(new DlqCommand.ListAll(), true, true, 7));
  }

  @Test
  void looks_at_1000_letters_and_prints_for_people_unless_told_otherwise() {
    assertThat(parse("list"))
        .isEqualTo(new DlqRequest(new DlqCommand.ListAll(), false, false, 1000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | say what to do",
        "empty                    | there is no command empty",
        "show                     | show of which one",
        "show a b                 | b is one word too many",
        "list a                   | a is one word too many",
        "list --prompt            | list has no option --prompt",
        "list --json=yes          | --json is used wrongly",
        "list --limit             | --limit is used wrongly",
        "list --limit 0           | 1 to 10000",
        "list --limit many        | 1 to 10000",
        "redrive                  | redrive of which one",
        "redrive a --rate 5       | --rate goes with --all",
        "redrive --all a          | a is one word too many",
        "redrive --all --rate 0   | 0.01 to 1000",
        "redrive --all --rate -5  | 0.01 to 1000",
        "redrive --all --rate 5/m | 0.01 to 1000",
        "show j_1                 | j_1 is neither a job id nor a message id",
        "-x list                  | no option -x",
      })
  void says_what_is_wrong(String line, String sentence) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(DlqUsageException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[2J", "a\nb", "ä", "../x"})
  void takes_no_id_that_could_not_be_one(String id) {
    assertThatThrownBy(() -> DlqRequest.parse(List.of("discard", id)))
        .isInstanceOf(DlqUsageException.class)
        .hasMessageMatching("[ -~ä]*");
  }
}
