package dev.prosa.core.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.turn.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

  private static String reason(String code, int attempts) {
    return Reason.of(new DeadLetter("{}", code, attempts, null, null));
  }

  @Test
  void tells_that_workers_died_on_a_job() {
    assertThat(reason("attempts_exhausted", 4))
        .isEqualTo("4 attempts began and none ended: a worker died or hung each time.");
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void has_one_sentence_for_every_code(FailureCode code) {
    assertThat(reason(code.code(), 4)).matches("[A-Z4].*[^.]\\.").doesNotContain("does not know");
  }

  @ParameterizedTest
  @ValueSource(strings = {DeadLetter.MALFORMED, DeadLetter.RECEIVE_LIMIT})
  void has_one_for_what_never_became_an_attempt(String code) {
    assertThat(reason(code, 0)).contains("poke").endsWith(".");
  }

  @Test
  void admits_that_it_does_not_know_a_code() {
    assertThat(reason("of_the_future", 0)).contains("does not know");
  }

  @Test
  void counts_one_attempt_as_one() {
    assertThat(reason("provider_timeout", 1)).contains("after 1 attempt.");
  }
}
