package dev.prosa.worker.offline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallCounterTest {

  private final CallCounter calls = new CallCounter();

  @Test
  void counts_each_conversation_for_itself() {
    assertThat(calls.next("one")).isEqualTo(1);
    assertThat(calls.next("one")).isEqualTo(2);
    assertThat(calls.next("two")).isEqualTo(1);
  }

  @Test
  void remembers_the_thousand_called_last() {
    calls.next("first");
    for (var i = 0; i < 999; i++) {
      calls.next("other " + i);
    }

    assertThat(calls.next("first")).isEqualTo(2);
    calls.next("one more");
    assertThat(calls.next("other 0")).isEqualTo(1);
    assertThat(calls.size()).isEqualTo(1_000);
  }

  @Test
  void counts_afresh_what_it_was_told_to_forget() {
    calls.next("one");

    calls.forget("one");

    assertThat(calls.next("one")).isEqualTo(1);
  }
}
