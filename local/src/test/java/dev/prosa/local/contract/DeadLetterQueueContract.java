package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.ReceivedLetter;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.core.redrive.Letters;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How dead letters are looked at.
abstract class DeadLetterQueueContract {

  private static final Duration HIDDEN = Duration.ofMinutes(5);

  abstract JobQueue jobs();

  abstract DeadLetterQueue letters();

  /// Puts a message into the dead-letter queue as SQS does, without a reason.
  abstract void moved(String body);

  private static Poke poke() {
    return new Poke(new JobId(ConversationId.create(), 3), "00-trace");
  }

  private Poke buried() {
    var poke = poke();
    jobs().deadLetter(new DeadLetter(poke.toBody(), "provider_timeout", 4, "p-1", "00-trace"));
    return poke;
  }

  private List<ReceivedLetter> all() {
    var all = new ArrayList<ReceivedLetter>();
    var batch = letters().receive(10, HIDDEN);
    for (; !batch.isEmpty(); batch = letters().receive(10, HIDDEN)) {
      all.addAll(batch);
    }
    return all;
  }

  private static List<String> bodies(List<ReceivedLetter> letters) {
    return letters.stream().map(l -> l.letter().body()).toList();
  }

  @Test
  void brings_a_letter_with_its_reason() {
    var letter = new DeadLetter(poke().toBody(), "provider_timeout", 4, "p-1", "00-trace");
    jobs().deadLetter(letter);

    var received = all();

    assertThat(received).extracting(ReceivedLetter::letter).containsExactly(letter);
    assertThat(received.getFirst().messageId()).isNotBlank();
    assertThat(received.getFirst().sentAt().toEpochMilli()).isPositive();
  }

  @Test
  void tells_a_poke_that_sqs_moved_from_what_is_no_poke() {
    var poke = poke();
    moved(poke.toBody());
    moved("garbage");

    assertThat(all())
        .extracting(ReceivedLetter::letter)
        .containsExactlyInAnyOrder(
            new DeadLetter(poke.toBody(), DeadLetter.RECEIVE_LIMIT, 0, null, null),
            new DeadLetter("garbage", DeadLetter.MALFORMED, 0, null, null));
  }

  @Test
  void hides_a_letter_until_it_is_handed_back() {
    buried();
    var received = all();
    assertThat(all()).isEmpty();

    letters().handBack(received);

    assertThat(bodies(all())).isEqualTo(bodies(received));
  }

  @Test
  void hands_many_back_at_once() {
    for (int i = 0; i < 12; i++) {
      buried();
    }

    letters().handBack(all());

    assertThat(all()).hasSize(12);
  }

  @Test
  void handing_nothing_or_what_is_gone_back_does_nothing() {
    buried();
    var received = all();
    letters().delete(received.getFirst());

    letters().handBack(received);
    letters().handBack(List.of());

    assertThat(all()).isEmpty();
  }

  @Test
  void never_brings_a_deleted_letter_again() {
    buried();
    var received = all();

    letters().delete(received.getFirst());
    letters().delete(received.getFirst());

    letters().handBack(received);
    assertThat(all()).isEmpty();
  }

  @Test
  void letters_of_one_job_are_one_group() {
    var poke = buried();
    jobs().deadLetter(new DeadLetter(poke.toBody(), "provider_timeout", 4, "p-1", null));
    moved("garbage");
    moved("garbage");

    try (var taken = Letters.take(letters(), 10, HIDDEN)) {
      assertThat(taken.groups()).extracting(group -> group.copies().size()).containsOnly(2, 1, 1);
      assertThat(taken.find(poke.job().value())).extracting(LetterGroup::poke).isEqualTo(poke);
      assertThat(taken.find("nobody")).isNull();
    }
  }

  @Test
  void a_message_is_found_by_its_own_id_too() {
    moved("garbage");

    try (var taken = Letters.take(letters(), 10, HIDDEN)) {
      var group = taken.groups().getFirst();

      assertThat(group.job()).isNull();
      assertThat(taken.find(group.copies().getFirst().messageId())).isEqualTo(group);
    }
  }

  @Test
  void what_was_taken_is_there_again_afterwards_but_for_what_was_removed() {
    var kept = buried();
    var removed = buried();
    try (var taken = Letters.take(letters(), 10, HIDDEN)) {
      var group = taken.find(removed.job().value());
      assertThat(group).isNotNull();
      taken.remove(group);
      assertThat(all()).isEmpty();
    }

    assertThat(bodies(all())).containsExactly(kept.toBody());
  }

  @Test
  void takes_no_more_than_the_limit_and_says_that_there_is_more() {
    for (int i = 0; i < 12; i++) {
      buried();
    }

    try (var some = Letters.take(letters(), 11, HIDDEN)) {
      assertThat(some.groups()).hasSize(11);
      assertThat(some.more()).isTrue();
    }
    try (var whole = Letters.take(letters(), 12, HIDDEN)) {
      assertThat(whole.groups()).hasSize(12);
      assertThat(whole.more()).isFalse();
    }
  }

  @Test
  void hands_back_though_the_thread_was_interrupted() {
    buried();
    var taken = Letters.take(letters(), 10, HIDDEN);
    Thread.currentThread().interrupt();

    taken.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(all()).hasSize(1);
  }
}
