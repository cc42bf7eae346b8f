package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.AcceptOutcome;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.FinishOutcome;
import dev.prosa.core.turn.NewTurn;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How a message becomes a turn.
abstract class AcceptContract extends TurnDatabaseContract {

  private static final NewTurn.Idempotency KEY = new NewTurn.Idempotency("key-1", "hash-1");

  AcceptContract(Function<InstantSource, TurnDatabase> open) {
    super(open);
  }

  private AcceptOutcome accept(
      OwnerId by, @Nullable ConversationId conversation, NewTurn.Idempotency key) {
    return store.accept(new NewTurn(by, conversation, "Hi", key, DEADLINE, null, null));
  }

  private int lastTurn(ConversationId id) {
    return Objects.requireNonNull(database.conversations().find(id)).lastTurn();
  }

  @Test
  void begins_a_conversation_with_turn_1() {
    var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    var turn =
        turn(
            store.accept(
                new NewTurn(owner, null, "Hi", null, DEADLINE, trace, "m-2", "brief", null)));

    assertThat(turn)
        .isEqualTo(
            new Turn(
                turn.job(),
                owner,
                "Hi",
                new Turn.Span(time.instant(), in(DEADLINE)),
                new Turn.Attempts(0, 0),
                new TurnState.Accepted(null),
                false,
                trace,
                "m-2",
                "brief",
                null));
    assertThat(turn.job().turn()).isEqualTo(1);
  }

  @Test
  void tells_what_an_earlier_request_with_the_same_key_became() {
    var request = new NewTurn(owner, null, "Hi", KEY, DEADLINE, null, null);
    assertThat(store.earlier(request)).isNull();
    var turn = turn(store.accept(request));

    assertThat(store.earlier(request)).isEqualTo(new AcceptOutcome.Replayed(turn));
    var other = new NewTurn.Idempotency(KEY.key(), "hash-2");
    assertThat(store.earlier(new NewTurn(owner, null, "Ho", other, DEADLINE, null, null)))
        .isInstanceOf(AcceptOutcome.KeyConflict.class);
    assertThat(store.earlier(new NewTurn(owner, null, "Hi", null, DEADLINE, null, null))).isNull();
  }

  @Test
  void an_earlier_request_is_forgotten_with_its_key() {
    var request = new NewTurn(owner, null, "Hi", KEY, DEADLINE, null, null);
    store.accept(request);

    time.pass(Duration.ofHours(24).plusSeconds(1));

    assertThat(store.earlier(request)).isNull();
  }

  @Test
  void keeps_the_model_and_the_prompt_that_were_asked_for_until_the_end() {
    var request = new NewTurn(owner, null, "Hi", null, DEADLINE, null, "m-2", "brief", null);
    var asked = turn(store.accept(request));

    var ended = store.finish(claimed(asked.job()), COMPLETED);

    assertThat(((FinishOutcome.Finished) ended).turn().model()).isEqualTo("m-2");
    assertThat(found(asked.job()).model()).isEqualTo("m-2");
    assertThat(found(asked.job()).promptName()).isEqualTo("brief");
    assertThat(found(asked.job()).state()).isEqualTo(COMPLETED);
  }

  @Test
  void keeps_what_its_end_settles_until_the_end() {
    var asked =
        turn(store.accept(new NewTurn(owner, null, "Hi", null, DEADLINE, null, null, null, "r-1")));

    var ended = store.finish(claimed(asked.job()), COMPLETED);

    assertThat(asked.reservation()).isEqualTo("r-1");
    assertThat(((FinishOutcome.Finished) ended).turn().reservation()).isEqualTo("r-1");
    assertThat(found(asked.job()).reservation()).isEqualTo("r-1");
  }

  @Test
  void finds_the_turn_as_it_was_accepted() {
    var turn = turn(store.accept(message(null, "Grüße, 世界 👋\n\tund \"mehr\"")));

    assertThat(store.find(turn.job())).isEqualTo(turn);
  }

  @Test
  void appends_the_next_turn_to_a_conversation() {
    var first = accepted();

    var second = accepted(first.job().conversation());

    assertThat(second.job()).isEqualTo(first.job().next());
    assertThat(lastTurn(first.job().conversation())).isEqualTo(2);
  }

  @Test
  void numbers_turns_without_a_gap_when_20_come_at_once() throws InterruptedException {
    var conversation = accepted().job().conversation();

    var turns = Race.run(() -> accepted(conversation));

    assertThat(turns)
        .extracting(t -> t.job().turn())
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 21).boxed().toList());
    assertThat(lastTurn(conversation)).isEqualTo(21);
  }

  @Test
  void makes_two_turns_of_two_messages_without_a_key() {
    var first = accepted();

    var second = accepted();

    assertThat(second.job()).isNotEqualTo(first.job());
  }

  @Test
  void replays_the_first_turn_for_the_same_key_and_body() {
    var first = turn(accept(owner, null, KEY));

    var again = accept(owner, null, KEY);

    assertThat(again).isEqualTo(new AcceptOutcome.Replayed(first));
  }

  @Test
  void replays_a_turn_of_an_old_conversation_without_appending_to_it() {
    var conversation = accepted().job().conversation();
    var first = turn(accept(owner, conversation, KEY));

    var again = accept(owner, conversation, KEY);

    assertThat(again).isEqualTo(new AcceptOutcome.Replayed(first));
    assertThat(lastTurn(conversation)).isEqualTo(2);
  }

  @Test
  void replays_the_turn_as_it_stands_now() {
    var claimed = claimed(turn(accept(owner, null, KEY)).job());

    var again = accept(owner, null, KEY);

    assertThat(again).isEqualTo(new AcceptOutcome.Replayed(claimed));
  }

  @Test
  void makes_one_turn_of_20_messages_with_one_key() throws InterruptedException {
    var outcomes = Race.run(() -> accept(owner, null, KEY));

    assertThat(outcomes).hasAtLeastOneElementOfType(AcceptOutcome.Accepted.class);
    assertThat(outcomes.stream().filter(o -> o instanceof AcceptOutcome.Accepted)).hasSize(1);
    assertThat(outcomes.stream().filter(o -> o instanceof AcceptOutcome.Replayed)).hasSize(19);
    assertThat(database.conversations().list(owner, null, 100).items()).hasSize(1);
  }

  @Test
  void refuses_a_key_that_was_used_with_another_body() {
    var first = turn(accept(owner, null, KEY));

    var conflict =
        accept(
            owner, first.job().conversation(), new NewTurn.Idempotency(KEY.key(), "another hash"));

    assertThat(conflict).isEqualTo(new AcceptOutcome.KeyConflict());
    assertThat(lastTurn(first.job().conversation())).isEqualTo(1);
  }

  @Test
  void does_not_mix_up_the_keys_of_two_owners() {
    var first = turn(accept(owner, null, KEY));

    var other = turn(accept(someone(), null, new NewTurn.Idempotency(KEY.key(), "another hash")));

    assertThat(other.job()).isNotEqualTo(first.job());
  }

  @Test
  void remembers_a_key_for_24_hours() {
    var first = turn(accept(owner, null, KEY));

    time.pass(Duration.ofHours(24).minusSeconds(1));

    assertThat(accept(owner, null, KEY)).isEqualTo(new AcceptOutcome.Replayed(first));
  }

  @Test
  void forgets_a_key_after_24_hours() {
    var first = turn(accept(owner, null, KEY));
    time.pass(Duration.ofHours(24).plusSeconds(2));

    var second = turn(accept(owner, null, new NewTurn.Idempotency(KEY.key(), "another hash")));

    assertThat(second.job()).isNotEqualTo(first.job());
    assertThat(accept(owner, null, KEY)).isEqualTo(new AcceptOutcome.KeyConflict());
  }

  @Test
  void does_not_append_to_a_conversation_that_is_not_there() {
    var unknown = ConversationId.create();

    var outcome = accept(owner, unknown, KEY);

    assertThat(outcome).isEqualTo(new AcceptOutcome.UnknownConversation());
    assertThat(store.turns(unknown, 1, 1)).isEmpty();
    assertThat(accept(owner, null, KEY)).isInstanceOf(AcceptOutcome.Accepted.class);
  }

  @Test
  void does_not_append_to_an_erased_conversation() {
    var conversation = accepted().job().conversation();
    database.erasures().begin(owner, conversation);

    var outcome = accept(owner, conversation, KEY);

    assertThat(outcome).isEqualTo(new AcceptOutcome.UnknownConversation());
    assertThat(accept(owner, null, KEY)).isInstanceOf(AcceptOutcome.Accepted.class);
  }

  @Test
  void does_not_bring_back_what_was_erased_when_its_message_is_repeated() {
    var first = turn(accept(owner, null, KEY));
    database.erasures().begin(owner, first.job().conversation());
    var another = new NewTurn.Idempotency(KEY.key(), "another hash");

    assertThat(accept(owner, null, KEY)).isEqualTo(new AcceptOutcome.UnknownConversation());
    assertThat(accept(owner, null, another)).isEqualTo(new AcceptOutcome.KeyConflict());
    assertThat(database.conversations().list(owner, null, 100).items()).isEmpty();
  }

  @Test
  void does_not_append_to_the_conversation_of_somebody_else() {
    var conversation = accepted().job().conversation();

    var outcome = accept(someone(), conversation, KEY);

    assertThat(outcome).isEqualTo(new AcceptOutcome.UnknownConversation());
    assertThat(lastTurn(conversation)).isEqualTo(1);
  }

  @Test
  void tells_an_unknown_conversation_from_a_used_key() {
    accept(owner, null, KEY);

    var outcome =
        accept(owner, ConversationId.create(), new NewTurn.Idempotency(KEY.key(), "another hash"));

    assertThat(outcome).isEqualTo(new AcceptOutcome.UnknownConversation());
  }
}
