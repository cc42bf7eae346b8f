package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// How turns are read.
abstract class ReadContract extends TurnDatabaseContract {

  private final ConversationId conversation = accepted().job().conversation();

  ReadContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
  }

  private void fill(int turns) {
    for (int i = 2; i <= turns; i++) {
      accepted(conversation);
    }
  }

  private List<Integer> numbers(int newest, int limit) {
    return store.turns(conversation, newest, limit).stream()
        .map(Turn::job)
        .map(JobId::turn)
        .toList();
  }

  @Test
  void turns_come_newest_first_as_they_were_accepted() {
    var second = accepted(conversation);

    var turns = store.turns(conversation, 2, 100);

    assertThat(turns).containsExactly(second, found(new JobId(conversation, 1)));
  }

  @Test
  void no_more_turns_come_than_were_asked_for() {
    fill(12);

    assertThat(numbers(12, 3)).containsExactly(12, 11, 10);
  }

  @Test
  void turns_begin_with_the_newest_one_wanted() {
    fill(12);

    assertThat(numbers(9, 3)).containsExactly(9, 8, 7);
    assertThat(numbers(2, 100)).containsExactly(2, 1);
  }

  @Test
  void a_number_above_the_newest_turn_means_from_the_end() {
    fill(12);

    assertThat(numbers(13, 2)).containsExactly(12, 11);
    assertThat(numbers(Integer.MAX_VALUE, 2)).containsExactly(12, 11);
  }

  @Test
  void an_unknown_conversation_has_no_turns() {
    assertThat(store.turns(ConversationId.create(), Integer.MAX_VALUE, 100)).isEmpty();
  }

  @Test
  void an_unknown_turn_is_not_found() {
    assertThat(store.find(new JobId(conversation, 2))).isNull();
    assertThat(store.find(new JobId(ConversationId.create(), 1))).isNull();
  }
}
