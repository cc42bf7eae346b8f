package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Lease;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest {

  private static final String REDRIVEN = "The answer will be tried again.";
  private static final String BALLOON = "🎈";
  private static final Turn TURN =
      new Turn(
          new JobId(ConversationId.create(), 1),
          new OwnerId("ann"),
          "Why?",
          new Turn.Span(Instant.EPOCH, Instant.EPOCH.plusSeconds(600)),
          new Turn.Attempts(2, 2),
          new TurnState.Accepted(null),
          false,
          null,
          null);

  @Test
  void sends_the_rest_of_the_same_attempt() {
    assertThat(resume(live("Because"), 2, 3)).containsExactly(delta(3, "ause"));
  }

  @Test
  void sends_nothing_when_the_client_has_as_much_or_more() {
    assertThat(resume(live("Because"), 2, 7)).isEmpty();
    assertThat(resume(live("Because"), 2, 9)).isEmpty();
  }

  @Test
  void sends_nothing_when_the_client_is_ahead_of_the_live_text() {
    assertThat(resume(live("Because"), 3, 0)).isEmpty();
  }

  @Test
  void begins_again_when_the_attempt_is_higher() {
    assertThat(resume(live("Because"), 1, 3))
        .containsExactly(
            new ReplyEvent.ReplyStarted(TURN.job(), 2, "", "Why?"), delta(0, "Because"));
  }

  @Test
  void sends_nothing_when_the_live_text_is_lost() {
    assertThat(resume(null, 2, 3)).isEmpty();
  }

  @Test
  void says_that_a_job_waits_whose_failure_was_redriven() {
    var redriven = new ReplyEvent.JobWaiting(TURN.job(), 2, "redriven", null, REDRIVEN);

    assertThat(resume(null, 1, 0)).containsExactly(redriven);
    assertThat(Resumption.events(TURN, new LiveReply(1, "Be"), shown(1, 0)))
        .containsExactly(redriven);
  }

  @Test
  void says_when_a_job_is_tried_again_whose_live_text_is_lost() {
    var later = Instant.parse("2026-03-01T12:00:02Z");
    var backingOff = TURN.with(new TurnState.Accepted(later));

    assertThat(Resumption.events(backingOff, null, shown(1, 3)))
        .singleElement()
        .isInstanceOfSatisfying(
            ReplyEvent.JobWaiting.class,
            waiting -> assertThat(waiting.retryAt()).isEqualTo(later.toString()));
  }

  @Test
  void says_that_a_job_waits_for_providers_when_no_attempt_counted() {
    var later = Instant.parse("2026-03-01T12:00:15Z");
    var waiting =
        new Turn(
            TURN.job(),
            TURN.owner(),
            TURN.prompt(),
            TURN.clock(),
            new Turn.Attempts(1, 0),
            new TurnState.Accepted(later),
            false,
            null,
            null);

    assertThat(Resumption.events(waiting, null, shown(0, 0)))
        .containsExactly(ReplyEvent.JobWaiting.providersDown(waiting, later));
  }

  @Test
  void says_that_a_higher_attempt_runs_whose_live_text_is_lost() {
    var running = TURN.with(new TurnState.Running(new Lease("t", Instant.MAX)));

    assertThat(Resumption.events(running, null, shown(1, 3)))
        .containsExactly(new ReplyEvent.ReplyStarted(TURN.job(), 2, "", "Why?"));
    assertThat(Resumption.events(running, null, shown(2, 3))).isEmpty();
  }

  @Test
  void sends_the_end_whatever_the_live_text_says() {
    var ended = TURN.with(new TurnState.Cancelled("Be"));

    assertThat(Resumption.events(ended, live("Because"), shown(2, 3)))
        .containsExactly(new ReplyEvent.JobCancelled(TURN.job(), 2, "Be"));
  }

  @Test
  void sends_nothing_from_the_middle_of_a_surrogate_pair() {
    assertThat(resume(live("a" + BALLOON + "b"), 2, 2)).isEmpty();
  }

  @Test
  void keeps_half_a_surrogate_pair_at_the_end_back() {
    assertThat(resume(live("a" + BALLOON.charAt(0)), 2, 0)).containsExactly(delta(0, "a"));
    assertThat(resume(live("a" + BALLOON.charAt(0)), 2, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void splits_a_long_text_without_losing_or_breaking_anything(long seed) {
    var text = randomText(new Random(seed));

    var pieces = resume(live(text), 2, 0).stream().map(ReplyEvent.ReplyDelta.class::cast).toList();

    var together = new StringBuilder();
    for (var piece : pieces) {
      assertThat(piece.offset()).isEqualTo(together.length());
      assertThat(piece.text()).hasSizeBetween(1, Resumption.MAX_DELTA);
      assertThat(Character.isLowSurrogate(piece.text().charAt(0))).isFalse();
      together.append(piece.text());
    }
    assertThat(together).hasToString(text);
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    var length = 100_000 + random.nextInt(100_000);
    while (text.length() < length) {
      text.append(random.nextInt(3) == 0 ? "x" : BALLOON);
    }
    return text.toString();
  }

  private static List<ReplyEvent> resume(@Nullable LiveReply live, int attempt, int length) {
    return Resumption.events(TURN, live, shown(attempt, length));
  }

  private static ClientMessage.Shown shown(int attempt, int length) {
    return new ClientMessage.Shown(TURN.job().value(), attempt, length);
  }

  private static LiveReply live(String text) {
    return new LiveReply(2, text);
  }

  private static ReplyEvent delta(int offset, String text) {
    return new ReplyEvent.ReplyDelta(TURN.job(), 2, offset, text);
  }
}
