package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.ConversationStore;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the turns of everybody are read. Needs a database of its own for each test.
abstract class ScanContract extends TurnDatabaseContract {

  private static final OwnerId ANN = new OwnerId("acme/ann");
  private static final OwnerId BOB = new OwnerId("acme/bob");
  private static final OwnerId EVE = new OwnerId("acme2/eve");

  private final ConversationStore conversations;

  ScanContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
    this.conversations = database.conversations();
  }

  private Turn say(OwnerId by, int number) {
    var key = new NewTurn.Idempotency("key-" + number, "hash");
    return turn(store.accept(new NewTurn(by, null, "Hi", key, DEADLINE, null, null)));
  }

  private List<JobId> say(OwnerId by) {
    var first = say(by, 1);
    var second =
        turn(
            store.accept(
                new NewTurn(by, first.job().conversation(), "Hi", null, DEADLINE, null, null)));
    return List.of(first.job(), second.job(), say(by, 2).job());
  }

  private List<JobId> scan(String owners, int limit, Runnable meanwhile) {
    var seen = new ArrayList<JobId>();
    ConversationStore.Place place = null;
    do {
      var page = conversations.scan(owners, place, limit);
      assertThat(page.turns()).hasSizeLessThanOrEqualTo(limit);
      page.turns().forEach(turn -> seen.add(turn.job()));
      place = page.next();
      meanwhile.run();
    } while (place != null);
    return seen;
  }

  private List<JobId> scan(String owners, int limit) {
    return scan(owners, limit, () -> {});
  }

  @Test
  void finds_nothing_in_an_empty_table() {
    assertThat(conversations.scan("", null, 10))
        .isEqualTo(new ConversationStore.TurnPage(List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void finds_every_turn_once(int limit) {
    var jobs = new ArrayList<>(say(ANN));
    jobs.addAll(say(BOB));
    jobs.addAll(say(EVE));

    assertThat(scan("", limit)).containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(scan("", limit)).containsExactlyElementsOf(scan("", 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void finds_the_turns_of_one_tenant_only(int limit) {
    var jobs = new ArrayList<>(say(ANN));
    jobs.addAll(say(BOB));
    say(EVE);

    assertThat(scan("acme/", limit)).containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(scan("nobody/", limit)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void finds_what_was_there_all_the_while_once_whatever_is_written(int limit) {
    var kept = new ArrayList<JobId>();
    var going = new ArrayList<JobId>();
    for (int i = 0; i < 12; i++) {
      kept.add(say(ANN, 100 + i).job());
      going.add(say(ANN, 200 + i).job());
    }
    Runnable meanwhile =
        () -> {
          say(BOB, 300 + going.size());
          var last = going.removeLast().conversation();
          database.erasures().begin(ANN, last);
          database.erasures().removeTurns(last);
        };

    var seen = scan("acme/ann", limit, () -> runUnless(going.isEmpty(), meanwhile));

    assertThat(seen).doesNotHaveDuplicates().containsAll(kept);
  }

  private static void runUnless(boolean over, Runnable work) {
    if (!over) {
      work.run();
    }
  }

  @Test
  void shows_a_turn_as_it_stands() {
    var ended = finished();

    assertThat(conversations.scan("", null, 10).turns()).containsExactly(ended);
  }
}
