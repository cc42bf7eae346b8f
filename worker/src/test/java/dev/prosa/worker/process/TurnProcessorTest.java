package dev.prosa.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.testing.Away;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnProcessorTest {

  private static final PokeHandler.Keeper KEEPER = () -> {};
  private static final PokeOutcome DONE = new PokeOutcome.Done();

  private final Shop shop = new Shop();

  private PokeOutcome serve(Turn turn) {
    return shop.handler().serve(Shop.poke(turn), KEEPER);
  }

  private static PokeOutcome later(long seconds) {
    return new PokeOutcome.RetryLater(Duration.ofSeconds(seconds));
  }

  @Test
  void answers_a_turn() {
    var turn = shop.accepted("Hi");
    shop.model.says("Hel", "lo.");

    assertThat(serve(turn)).isEqualTo(DONE);

    var reply = new Reply("Hello.", "stop", "m-1-2026", "p-1", null);
    assertThat(shop.found(turn).state()).isEqualTo(new TurnState.Completed(reply));
    assertThat(shop.frames().getLast())
        .contains("\"type\":\"reply.completed\"", "\"content\":\"Hello.\"", turn.job().value());
  }

  @Test
  void answers_the_oldest_open_turn_first_whatever_the_poke_names() {
    var first = shop.accepted("one");
    var second = shop.accepted(first.job().conversation(), "two");
    var third = shop.accepted(first.job().conversation(), "three");

    assertThat(serve(third)).isEqualTo(DONE);

    assertThat(shop.model.questions()).containsExactly("one", "two", "three");
    assertThat(List.of(first, second, third))
        .allMatch(t -> shop.found(t).state() instanceof TurnState.Completed);
  }

  @Test
  void does_not_look_at_turns_newer_than_the_poke() {
    var first = shop.accepted("one");
    var second = shop.accepted(first.job().conversation(), "two");

    serve(first);

    assertThat(shop.found(second).state().isOpen()).isTrue();
  }

  @Test
  void goes_on_with_the_turns_after_a_served_one() {
    var first = shop.accepted("one");
    var second = shop.accepted(first.job().conversation(), "two");
    var third = shop.accepted(first.job().conversation(), "three");
    var handler = shop.handler();
    handler.serve(Shop.poke(first), KEEPER);

    handler.goOn(first.job());

    assertThat(shop.model.questions()).containsExactly("one", "two", "three");
    assertThat(List.of(second, third))
        .allMatch(t -> shop.found(t).state() instanceof TurnState.Completed);
  }

  @Test
  void tells_the_model_what_was_said_before() {
    var first = shop.accepted("one");
    shop.model.says("ONE");
    serve(first);

    serve(shop.accepted(first.job().conversation(), "two"));

    assertThat(shop.model.calls().getLast().context().exchanges())
        .extracting(e -> e.prompt() + " " + e.reply())
        .containsExactly("one ONE");
  }

  @Test
  void hands_the_poke_back_for_the_rest_of_the_lease_of_somebody_else() {
    var turn = shop.accepted("Hi");
    shop.claimed(turn.job());
    shop.time.pass(Duration.ofSeconds(12));

    assertThat(serve(turn)).isEqualTo(later(18));
    assertThat(shop.model.calls()).isEmpty();
  }

  @Test
  void waits_for_the_turn_before() {
    var first = shop.accepted("one");
    var second = shop.accepted(first.job().conversation(), "two");
    shop.claimed(first.job());

    assertThat(serve(second)).isEqualTo(later(30));
    assertThat(shop.model.calls()).isEmpty();
  }

  @Test
  void tries_again_after_2_4_and_8_seconds_and_then_gives_up() {
    var turn = shop.accepted("Hi");
    for (long wait : List.of(2L, 4L, 8L)) {
      shop.model.fails(FailureCode.PROVIDER_UNAVAILABLE, "x");
      assertThat(serve(turn)).isEqualTo(later(wait));
      assertThat(serve(turn)).isEqualTo(later(wait));
      shop.time.pass(Duration.ofSeconds(wait));
    }
    shop.model.fails(FailureCode.PROVIDER_UNAVAILABLE);

    assertThat(serve(turn)).isEqualTo(DONE);

    var failed = new TurnState.Failed(FailureCode.PROVIDER_UNAVAILABLE, "p-1");
    assertThat(shop.found(turn).state()).isEqualTo(failed);
    assertThat(shop.model.calls()).hasSize(4);
  }

  @Test
  void tells_the_user_and_the_dead_letter_queue_why_it_gave_up() {
    var turn = shop.accepted("Hi");
    shop.model.fails(FailureCode.PROVIDER_REJECTED);

    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.frames().getLast())
        .contains("\"type\":\"job.failed\"", "\"code\":\"provider_rejected\"", "retryable\":false");
    assertThat(shop.queue.deadLetters())
        .containsExactly(
            new DeadLetter(Shop.poke(turn).toBody(), "provider_rejected", 1, "p-1", Shop.TRACE));
  }

  @Test
  void tells_the_user_when_it_tries_again() {
    var turn = shop.accepted("Hi");
    shop.model.fails(FailureCode.PROVIDER_TIMEOUT);

    serve(turn);

    // that the attempt began is told beside it, and may be late
    assertThat(shop.frames().stream().filter(frame -> !frame.contains("reply.started")))
        .singleElement()
        .asString()
        .contains("job.waiting", "\"reason\":\"backoff\"", "2026-03-01T12:00:02Z");
  }

  @Test
  void gives_up_at_once_when_the_text_was_filtered() {
    var turn = shop.accepted("Hi");
    shop.model.fails(FailureCode.CONTENT_FILTERED, "Well");

    assertThat(serve(turn)).isEqualTo(DONE);
    assertThat(shop.found(turn).state())
        .isEqualTo(new TurnState.Failed(FailureCode.CONTENT_FILTERED, "p-1"));
  }

  @Test
  void tells_the_user_though_the_dead_letter_queue_is_away() {
    var turn = shop.accepted("Hi");
    shop.model.fails(FailureCode.PROVIDER_REJECTED);
    shop.letters =
        Away.always(
            JobQueue.class, new QueueUnavailableException("away", new IllegalStateException()));

    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.events()).endsWith("job.failed");
  }

  @Test
  void gives_up_on_a_turn_that_killed_its_workers() {
    var turn = shop.accepted("Hi");
    for (int i = 0; i < 4; i++) {
      shop.claimed(turn.job());
      shop.time.pass(Shop.LEASE);
    }

    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.found(turn).state())
        .isEqualTo(new TurnState.Failed(FailureCode.ATTEMPTS_EXHAUSTED, null));
    assertThat(shop.queue.deadLetters()).extracting(DeadLetter::attempts).containsExactly(4);
  }

  @Test
  void fails_a_turn_past_its_deadline_without_asking_the_model() {
    var turn = shop.accepted("Hi");
    shop.time.pass(Duration.ofMinutes(10));

    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.found(turn).state())
        .isEqualTo(new TurnState.Failed(FailureCode.DEADLINE_EXCEEDED, null));
    assertThat(shop.model.calls()).isEmpty();
  }

  @Test
  void tells_the_end_again_when_a_final_job_is_poked() {
    var turn = shop.accepted("Hi");
    serve(turn);

    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.events()).endsWith("reply.completed", "reply.completed");
    assertThat(shop.model.calls()).hasSize(1);
  }

  @Test
  void forgets_the_poke_of_a_job_that_is_not_there() {
    var nobodys = new Poke(new JobId(ConversationId.create(), 3), null);

    assertThat(shop.handler().serve(nobodys, KEEPER)).isEqualTo(DONE);
    assertThat(shop.model.calls()).isEmpty();
  }

  @Test
  void does_not_ask_the_model_when_the_turn_was_stopped_while_it_waited() {
    var turn = shop.accepted("Hi");
    shop.database.turns().requestCancel(turn.job());

    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.found(turn).state()).isEqualTo(new TurnState.Cancelled(""));
    assertThat(shop.events()).containsExactly("job.cancelled");
    assertThat(shop.model.calls()).isEmpty();
  }

  @Test
  void goes_on_behind_a_turn_that_failed() {
    var first = shop.accepted("one");
    var second = shop.accepted(first.job().conversation(), "two");
    shop.model.fails(FailureCode.PROVIDER_REJECTED);

    assertThat(serve(second)).isEqualTo(DONE);

    assertThat(shop.found(second).state()).isInstanceOf(TurnState.Completed.class);
    assertThat(shop.model.calls().getLast().context().exchanges()).isEmpty();
  }

  @Test
  void ends_a_reply_that_the_store_could_not_hold() {
    var turn = shop.accepted("Hi");
    shop.model.says("x".repeat(Reply.MAX_BYTES), "y");

    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.found(turn).state())
        .isEqualTo(
            new TurnState.Completed(
                new Reply("x".repeat(Reply.MAX_BYTES), "length", "m-1", "p-1", null)));
  }

  @Test
  void completes_a_job_though_redis_is_away() {
    var turn = shop.accepted("Hi");
    shop.contexts = Away.contexts();
    shop.channel = Away.channel();

    assertThat(serve(turn)).isEqualTo(DONE);
    assertThat(serve(shop.accepted(turn.job().conversation(), "two"))).isEqualTo(DONE);

    assertThat(shop.found(turn).state()).isInstanceOf(TurnState.Completed.class);
    assertThat(shop.model.calls().getLast().context().exchanges()).hasSize(1);
  }

  @Test
  void treats_a_defect_of_the_client_library_like_a_model_that_is_away() {
    var turn = shop.accepted("Hi");
    shop.model.saysAndThen(
        "x",
        () -> {
          throw new IllegalStateException("a defect");
        });

    assertThat(serve(turn)).isEqualTo(later(2));
  }

  @Test
  void a_turn_that_is_erased_while_it_is_answered_ends_quietly() {
    var turn = shop.accepted("Hi");
    shop.model.saysAndThen("Hel", () -> erase(turn));

    assertThat(serve(turn)).isEqualTo(DONE);
    assertThat(serve(turn)).isEqualTo(DONE);

    assertThat(shop.database.turns().find(turn.job())).isNull();
    assertThat(shop.queue.deadLetters()).isEmpty();
    assertThat(shop.events()).doesNotContain("reply.completed", "job.failed");
  }

  @Test
  void a_turn_that_is_erased_while_it_is_answered_is_settled_by_who_answers_it() {
    var whole = shop.accepted("one");
    var broken = shop.accepted("two");
    shop.model.saysAndThen("Hel", () -> erase(whole));
    shop.model.saysAndThen(
        "Hel",
        () -> {
          erase(broken);
          throw new IllegalStateException("a defect");
        });

    assertThat(serve(whole)).isEqualTo(DONE);
    assertThat(serve(broken)).isEqualTo(DONE);

    assertThat(shop.ended).extracting(Turn::job).containsExactly(whole.job(), broken.job());
  }

  @Test
  void a_turn_that_was_taken_away_is_not_settled_by_who_lost_it() {
    var turn = shop.accepted("Hi");
    shop.model.saysAndThen(
        "Hel",
        () -> {
          shop.time.pass(Shop.LEASE.plusSeconds(1));
          shop.claimed(turn.job());
        });

    assertThat(serve(turn)).isInstanceOf(PokeOutcome.RetryLater.class);

    assertThat(shop.ended).isEmpty();
  }

  @Test
  void a_poke_of_an_erased_turn_is_done() {
    var first = shop.accepted("one");
    var second = shop.accepted(first.job().conversation(), "two");
    erase(second);

    assertThat(serve(first)).isEqualTo(DONE);
    assertThat(serve(second)).isEqualTo(DONE);

    assertThat(shop.model.questions()).isEmpty();
    assertThat(shop.events()).isEmpty();
  }

  @Test
  void a_conversation_with_a_gap_is_being_erased_and_left_alone() {
    var first = shop.accepted("one");
    var third =
        shop.accepted(shop.accepted(first.job().conversation(), "two").job().conversation(), "3");
    shop.turns = Away.hiding(shop.database.turns(), first.job().next());

    assertThat(serve(third)).isEqualTo(DONE);

    assertThat(shop.model.questions()).isEmpty();
  }

  private void erase(Turn turn) {
    var id = turn.job().conversation();
    assertThat(shop.database.erasures().begin(Shop.ANN, id)).isTrue();
    assertThat(shop.database.erasures().removeTurns(id)).isNotEmpty();
  }
}
