package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueDepth;
import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How pokes travel. The queue hides a received message for [#VISIBILITY].
abstract class JobQueueContract {

  static final Duration VISIBILITY = Duration.ofSeconds(2);
  private static final Duration BOUND = Duration.ofSeconds(10);

  abstract JobQueue queue();

  /// Lets time pass for the queue, as far as that can be done; otherwise it passes by itself.
  abstract void pass(Duration duration);

  /// What was dead-lettered.
  abstract List<DeadLetter> deadLetters();

  private static Poke poke() {
    return new Poke(new JobId(ConversationId.create(), 1), null);
  }

  private Poke sent() {
    var poke = poke();
    queue().send(poke, TurnDatabaseContract.someone());
    return poke;
  }

  private List<ReceivedPoke> visible() {
    return queue().receive(JobQueue.MAX_RECEIVE, Duration.ZERO);
  }

  private ReceivedPoke received() {
    var received = new ArrayList<ReceivedPoke>();
    await()
        .atMost(BOUND)
        .until(() -> {
          received.addAll(visible());
          return !received.isEmpty();
        });
    return received.getFirst();
  }

  @Test
  void counts_what_waits_and_what_was_taken() {
    sent();
    sent();
    sent();
    var taken = queue().receive(1, Duration.ZERO);
    taken.forEach(one -> queue().changeVisibility(one, Duration.ofMinutes(1)));

    await().atMost(BOUND).until(() -> queue().depth().equals(new QueueDepth(2, 1)));
  }

  @Test
  void brings_what_was_sent() {
    var poke = new Poke(new JobId(ConversationId.create(), 12), "00-trace");
    queue().send(poke, TurnDatabaseContract.someone());

    var received = received();

    assertThat(Poke.parse(received.body())).isEqualTo(poke);
    assertThat(received.receiveCount()).isEqualTo(1);
  }

  @Test
  void brings_nothing_when_nothing_was_sent() {
    assertThat(visible()).isEmpty();
  }

  @Test
  void brings_no_more_than_was_asked_for() {
    for (int i = 0; i < 5; i++) {
      sent();
    }

    assertThat(queue().receive(2, Duration.ZERO)).hasSizeBetween(1, 2);
  }

  @Test
  void brings_every_message() {
    var sent = new HashSet<String>();
    for (int i = 0; i < 25; i++) {
      sent.add(sent().toBody());
    }

    var seen = new HashSet<String>();

    await()
        .atMost(BOUND)
        .until(() -> {
          visible().forEach(m -> seen.add(m.body()));
          return seen.equals(sent);
        });
  }

  @Test
  void hides_what_was_received() {
    sent();
    var received = received();
    queue().changeVisibility(received, Duration.ofMinutes(1));

    assertThat(visible()).isEmpty();
  }

  @Test
  void brings_a_message_again_when_its_visibility_timeout_is_over() {
    sent();
    var first = received();
    pass(VISIBILITY);

    var second = received();

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.receiveCount()).isEqualTo(2);
    assertThat(second.receipt()).isNotEqualTo(first.receipt());
  }

  @Test
  void brings_a_message_again_at_once_when_it_was_handed_back() {
    sent();
    var received = received();
    queue().changeVisibility(received, Duration.ofMinutes(1));

    queue().changeVisibility(received, Duration.ZERO);

    assertThat(received().receiveCount()).isEqualTo(2);
  }

  /// Where real time passes, the second may be over before anybody has looked. Then it is hidden
  /// again; a message that is not hidden at all is seen every time.
  @Test
  void rounds_the_time_to_hide_a_message_up_to_seconds() {
    sent();

    var hidden = await().atMost(BOUND).until(this::hiddenForAMoment, _ -> visible().isEmpty());

    pass(Duration.ofSeconds(1));
    assertThat(received().receiveCount()).isEqualTo(hidden.receiveCount() + 1);
  }

  private ReceivedPoke hiddenForAMoment() {
    var received = received();
    queue().changeVisibility(received, Duration.ofMillis(1));
    return received;
  }

  @Test
  void never_brings_a_deleted_message_again() {
    sent();
    queue().delete(received());

    pass(VISIBILITY.multipliedBy(2));

    assertThat(queue().receive(1, VISIBILITY.multipliedBy(2))).isEmpty();
  }

  @Test
  void deleting_twice_does_nothing() {
    sent();
    var received = received();
    queue().delete(received);

    queue().delete(received);

    assertThat(visible()).isEmpty();
  }

  @Test
  void leaves_a_message_alone_that_was_delivered_again_since() {
    sent();
    var first = received();
    queue().changeVisibility(first, Duration.ZERO);
    var second = received();

    queue().delete(first);
    queue().changeVisibility(second, Duration.ZERO);

    assertThat(received().receiveCount()).isEqualTo(3);
  }

  @Test
  void changes_nothing_about_a_deleted_message() {
    sent();
    var received = received();
    queue().delete(received);

    queue().changeVisibility(received, Duration.ZERO);

    assertThat(visible()).isEmpty();
  }

  @Test
  void keeps_the_reason_of_a_dead_letter() {
    var letter = new DeadLetter(poke().toBody(), "provider_rejected", 3, "api.example", "00-trace");

    queue().deadLetter(letter);

    assertThat(deadLetters()).containsExactly(letter);
    assertThat(visible()).isEmpty();
  }

  @Test
  void keeps_a_dead_letter_of_which_little_is_known() {
    var letter = new DeadLetter("not a poke", DeadLetter.MALFORMED, 0, null, null);

    queue().deadLetter(letter);

    assertThat(deadLetters()).containsExactly(letter);
  }
}
