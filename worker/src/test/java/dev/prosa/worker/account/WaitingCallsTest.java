package dev.prosa.worker.account;

import static dev.prosa.worker.account.Calls.answered;
import static dev.prosa.worker.account.Calls.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingCallsTest {

  private final WaitingCalls waiting = new WaitingCalls(3);

  @Test
  void keeps_the_order_in_which_calls_came() {
    answered(1, 3).forEach(waiting::add);

    assertThat(waiting.first(2)).isEqualTo(answered(1, 2));
    assertThat(waiting.first(9)).isEqualTo(answered(1, 3));
  }

  @Test
  void keeps_only_the_later_of_two_with_the_same_id() {
    waiting.add(started(1));
    waiting.add(answered(1));

    assertThat(waiting.first(9)).containsExactly(answered(1));
  }

  @Test
  void lets_the_oldest_started_call_go_when_it_is_full() {
    waiting.add(answered(1));
    waiting.add(started(2));
    waiting.add(started(3));

    assertThat(waiting.add(answered(4))).isTrue();

    assertThat(waiting.first(9)).containsExactly(answered(1), started(3), answered(4));
  }

  @Test
  void takes_no_started_call_when_it_is_full_of_ended_ones() {
    answered(1, 3).forEach(waiting::add);

    assertThat(waiting.add(started(4))).isTrue();

    assertThat(waiting.first(9)).isEqualTo(answered(1, 3));
  }

  @Test
  void lets_the_oldest_go_when_none_only_started() {
    waiting.add(started(1));
    answered(1, 4).forEach(waiting::add);

    assertThat(waiting.first(9)).isEqualTo(answered(2, 4));
  }

  @Test
  void forgets_what_is_written_unless_it_was_replaced() {
    waiting.add(started(1));
    waiting.add(started(2));
    var batch = waiting.first(9);
    waiting.add(answered(2));

    waiting.written(batch);

    assertThat(waiting.first(9)).isEqualTo(List.of(answered(2)));
  }
}
