package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCommandTest {

  @Test
  void knows_its_own_commands() {
    assertThat(ChatCommand.of("/new ")).isEqualTo(new ChatCommand.Begin());
    assertThat(ChatCommand.of("/list")).isEqualTo(new ChatCommand.ListAll());
    assertThat(ChatCommand.of("/open  12")).isEqualTo(new ChatCommand.Open(12));
    assertThat(ChatCommand.of("/quit")).isEqualTo(new ChatCommand.Quit());
    assertThat(ChatCommand.of("  ")).isEqualTo(new ChatCommand.Nothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/open", "/open x", "/open -1", "/open 99999"})
  void takes_a_number_that_is_none_for_zero(String line) {
    assertThat(ChatCommand.of(line)).isEqualTo(new ChatCommand.Open(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "/slow", "/new idea", "/fail 2", " /echo  a ", "/open the door"})
  void sends_everything_else_as_it_is(String line) {
    assertThat(ChatCommand.of(line)).isEqualTo(new ChatCommand.Say(line));
  }
}
