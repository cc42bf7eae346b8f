package dev.prosa.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyViewTest {

  static final JobId JOB = new JobId(new ConversationId("c_" + "0".repeat(26)), 1);

  @Test
  void appends_a_delta_that_fits() {
    var view = after(delta(1, 0, "Hello"), delta(1, 5, " world"));

    assertThat(view.text()).isEqualTo("Hello world");
  }

  @Test
  void reports_a_gap_and_keeps_the_text() {
    var view = after(delta(1, 0, "Hello"));

    var step = view.after(delta(1, 7, "orld"));

    assertThat(step.gap()).isTrue();
    assertThat(step.view()).isSameAs(view);
  }

  @Test
  void takes_only_what_is_new_of_a_delta_that_overlaps() {
    var view = after(delta(1, 0, "Hello"), delta(1, 3, "lo wor"), delta(1, 0, "Hel"));

    assertThat(view.text()).isEqualTo("Hello wor");
  }

  @Test
  void starts_from_nothing_with_a_higher_attempt() {
    var view = after(delta(1, 0, "Hello"), delta(2, 0, "Hi"), delta(1, 5, " world"));

    assertThat(view.text()).isEqualTo("Hi");
    assertThat(view.attempt()).isEqualTo(2);
  }

  @Test
  void forgets_the_text_when_a_higher_attempt_begins() {
    var view = after(delta(1, 0, "Hello"), started(2));

    assertThat(view).isEqualTo(new ReplyView(2, "", ReplyView.Phase.OPEN, ""));
  }

  @Test
  void never_changes_after_the_end() {
    var end = after(delta(1, 0, "Hel"), completed(1, "Hello"));

    var view = end.after(completed(2, "other")).view().after(delta(3, 0, "more")).view();

    assertThat(view).isSameAs(end);
    assertThat(view.text()).isEqualTo("Hello");
  }

  @Test
  void keeps_the_text_of_a_job_that_fails_or_is_stopped() {
    var failed = after(delta(1, 0, "Hel"), failed(1));
    var stopped = after(delta(1, 0, "Hel"), new ReplyEvent.JobCancelled(JOB, 1, "Hello"));

    assertThat(failed).isEqualTo(new ReplyView(1, "Hel", ReplyView.Phase.FAILED, "Sorry."));
    assertThat(stopped).isEqualTo(new ReplyView(1, "Hello", ReplyView.Phase.CANCELLED, ""));
  }

  @Test
  void says_what_it_waits_for_until_text_comes() {
    var waiting = after(waiting(0, "In 2 seconds."));

    assertThat(waiting.note()).isEqualTo("In 2 seconds.");
    assertThat(waiting.after(delta(1, 0, "a")).view().note()).isEmpty();
  }

  static Stream<ReplyEvent> eventsOfAttempt6() {
    return Stream.of(
        waiting(6, "Again."), started(6), delta(6, 0, "a"), delta(6, 4, "gap"), completed(6, "a"));
  }

  @ParameterizedTest
  @MethodSource("eventsOfAttempt6")
  void goes_on_after_a_failure_with_a_higher_attempt_only(ReplyEvent event) {
    var same = after(delta(6, 0, "Hel"), failed(6));

    assertThat(same.after(event).view()).isSameAs(same);
    assertThat(after(delta(7, 0, "Hel"), failed(7), event).phase())
        .isEqualTo(ReplyView.Phase.FAILED);
    assertThat(after(delta(5, 0, "Hel"), failed(5), event))
        .isEqualTo(after(delta(5, 0, "Hel"), event))
        .matches(view -> view.attempt() == 6 && view.phase() != ReplyView.Phase.FAILED);
  }

  @Test
  void a_failure_of_before_a_redrive_is_not_news() {
    var view = after(failed(4), waiting(5, "Again."), failed(4));

    assertThat(view).isEqualTo(new ReplyView(5, "", ReplyView.Phase.OPEN, "Again."));
    assertThat(view.after(failed(6)).view().phase()).isEqualTo(ReplyView.Phase.FAILED);
  }

  @Test
  void waiting_of_an_earlier_attempt_says_nothing() {
    var view = after(started(2), waiting(1, "In 2 seconds."));

    assertThat(view.note()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void ignores_deltas_without_an_attempt(int attempt) {
    assertThat(after(delta(attempt, 0, "a"), delta(1, -1, "b"))).isEqualTo(ReplyView.NONE);
  }

  private static ReplyView after(ReplyEvent... events) {
    var view = ReplyView.NONE;
    for (var event : events) {
      view = view.after(event).view();
    }
    return view;
  }

  private static ReplyEvent failed(int attempt) {
    return new ReplyEvent.JobFailed(JOB, attempt, "x", "Sorry.", true);
  }

  private static ReplyEvent waiting(int attempt, String message) {
    return new ReplyEvent.JobWaiting(JOB, attempt, "backoff", null, message);
  }

  static ReplyEvent delta(int attempt, int offset, String text) {
    return new ReplyEvent.ReplyDelta(JOB, attempt, offset, text);
  }

  static ReplyEvent started(int attempt) {
    return new ReplyEvent.ReplyStarted(JOB, attempt, "m", "p");
  }

  static ReplyEvent completed(int attempt, String content) {
    return new ReplyEvent.ReplyCompleted(
        JOB, attempt, content, content.length(), "stop", "m", "p", null);
  }
}
