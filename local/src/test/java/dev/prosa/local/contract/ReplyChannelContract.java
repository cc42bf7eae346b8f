package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.LiveReply;
import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.reply.ReplyEvent.JobCancelled;
import dev.prosa.core.reply.ReplyEvent.JobFailed;
import dev.prosa.core.reply.ReplyEvent.JobWaiting;
import dev.prosa.core.reply.ReplyEvent.ReplyCompleted;
import dev.prosa.core.reply.ReplyEvent.ReplyDelta;
import dev.prosa.core.reply.ReplyEvent.ReplyStarted;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How text travels from a worker to the gateways.
abstract class ReplyChannelContract {

  static final Function<JobId, ReplyEvent> COMPLETED =
      job -> new ReplyCompleted(job, 1, "Hello.", 6, "stop", "m", "p", null);

  final OwnerId owner = TurnDatabaseContract.someone();
  final JobId job = new JobId(ConversationId.create(), 1);

  abstract ReplyChannel channel();

  /// A gateway that holds a connection of the owner.
  abstract GatewayId connected(OwnerId by);

  PublishOutcome started(int attempt) {
    return channel().publish(owner, new ReplyStarted(job, attempt, "m", "Hi"));
  }

  PublishOutcome delta(int attempt, int offset, String text) {
    return channel().publish(owner, new ReplyDelta(job, attempt, offset, text));
  }

  static Stream<Function<JobId, ReplyEvent>> finals() {
    return Stream.of(
        COMPLETED,
        job -> new JobFailed(job, 1, "provider_timeout", "It took too long.", true),
        job -> new JobCancelled(job, 1, "Hel"));
  }

  @Test
  void a_job_that_has_not_begun_has_said_nothing() {
    assertThat(channel().snapshot(owner, job)).isNull();
  }

  @Test
  void an_attempt_begins_without_text() {
    started(1);

    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(1, ""));
  }

  @Test
  void text_is_appended() {
    started(1);
    delta(1, 0, "Hel");

    var outcome = delta(1, 3, "lo 👋");

    assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(1, "Hello 👋"));
  }

  @Test
  void offsets_count_utf_16_units() {
    started(1);
    delta(1, 0, "👋ß");

    assertThat(delta(1, 5, "!")).isEqualTo(new PublishOutcome.Gap(3));
    assertThat(delta(1, 3, "!")).isInstanceOf(PublishOutcome.Published.class);
  }

  @Test
  void a_lower_attempt_is_fenced_off() {
    started(2);
    delta(2, 0, "two");

    assertThat(started(1)).isEqualTo(new PublishOutcome.Fenced());
    assertThat(delta(1, 0, "one")).isEqualTo(new PublishOutcome.Fenced());
    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(2, "two"));
  }

  @Test
  void a_higher_attempt_clears_the_text() {
    started(1);
    delta(1, 0, "one");

    started(2);

    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(2, ""));
  }

  @Test
  void a_higher_attempt_clears_the_text_though_its_start_was_lost() {
    delta(1, 0, "one");

    delta(2, 0, "two");

    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(2, "two"));
  }

  @Test
  void a_start_that_is_repeated_clears_nothing() {
    started(1);
    delta(1, 0, "one");

    started(1);

    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(1, "one"));
  }

  @Test
  void a_gap_tells_how_much_is_there() {
    started(1);
    delta(1, 0, "Hel");

    var outcome = delta(1, 4, "o");

    assertThat(outcome).isEqualTo(new PublishOutcome.Gap(3));
    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(1, "Hel"));
  }

  @Test
  void everything_is_missing_of_an_attempt_whose_beginning_was_lost() {
    delta(1, 0, "one");

    assertThat(delta(2, 4, "two")).isEqualTo(new PublishOutcome.Gap(0));
  }

  @Test
  void text_that_is_repeated_is_not_doubled() {
    started(1);
    delta(1, 0, "Hel");
    delta(1, 3, "lo");

    assertThat(delta(1, 0, "Hel")).isInstanceOf(PublishOutcome.Published.class);
    assertThat(delta(1, 3, "lo")).isInstanceOf(PublishOutcome.Published.class);
    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(1, "Hello"));
  }

  @ParameterizedTest
  @MethodSource("finals")
  void nothing_is_said_after_the_end(Function<JobId, ReplyEvent> end) {
    started(1);
    delta(1, 0, "Hel");

    channel().publish(owner, end.apply(job));

    assertThat(channel().snapshot(owner, job)).isNull();
    assertThat(delta(1, 3, "lo")).isEqualTo(new PublishOutcome.Fenced());
    assertThat(started(1)).isEqualTo(new PublishOutcome.Fenced());
    assertThat(channel().snapshot(owner, job)).isNull();
  }

  @ParameterizedTest
  @MethodSource("finals")
  void the_end_may_be_told_again(Function<JobId, ReplyEvent> end) {
    channel().publish(owner, end.apply(job));

    var again = channel().publish(owner, end.apply(job));

    assertThat(again).isInstanceOf(PublishOutcome.Published.class);
  }

  @Test
  void a_higher_attempt_speaks_again_after_the_end() {
    started(1);
    channel().publish(owner, COMPLETED.apply(job));

    assertThat(delta(2, 0, "two")).isInstanceOf(PublishOutcome.Published.class);
    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(2, "two"));
  }

  @ParameterizedTest
  @MethodSource("finals")
  void an_attempt_after_a_redrive_speaks_and_ends(Function<JobId, ReplyEvent> end) {
    started(1);
    channel().publish(owner, new JobFailed(job, 1, "provider_timeout", "It took too long.", true));
    channel().publish(owner, new JobWaiting(job, 2, "redriven", null, "Again."));

    assertThat(started(3)).isInstanceOf(PublishOutcome.Published.class);
    assertThat(delta(3, 0, "three")).isInstanceOf(PublishOutcome.Published.class);

    var late = channel().publish(owner, end.apply(job));
    assertThat(late).isEqualTo(new PublishOutcome.Fenced());
    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(3, "three"));
  }

  @Test
  void a_redrive_does_not_let_the_attempt_before_it_speak_again() {
    started(1);
    channel().publish(owner, COMPLETED.apply(job));

    channel().publish(owner, new JobWaiting(job, 2, "redriven", null, "Again."));

    assertThat(delta(1, 0, "one")).isEqualTo(new PublishOutcome.Fenced());
    assertThat(channel().snapshot(owner, job)).isNull();
  }

  @Test
  void waiting_leaves_the_text_alone() {
    started(1);
    delta(1, 0, "one");

    channel().publish(owner, new JobWaiting(job, 1, "backoff", "2026-01-01T00:00:00Z", "Wait."));

    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(1, "one"));
  }

  @Test
  void what_a_job_has_said_is_for_its_owner_only() {
    started(1);
    delta(1, 0, "Hel");

    assertThat(channel().snapshot(new OwnerId("stranger-of-" + owner), job)).isNull();
  }

  @Test
  void jobs_do_not_mix() {
    started(1);
    delta(1, 0, "one");

    channel().publish(owner, COMPLETED.apply(job.next()));

    assertThat(channel().snapshot(owner, job)).isEqualTo(new LiveReply(1, "one"));
    assertThat(channel().snapshot(owner, job.next())).isNull();
  }

  @Test
  void a_gateway_hears_the_events_of_its_owner_in_order() {
    var heard = new Heard();
    try (var subscription = channel().subscribe(connected(owner), heard)) {
      started(1);
      delta(1, 0, "Hello\n👋");
      channel().publish(owner, COMPLETED.apply(job));

      assertThat(subscription.isLive()).isTrue();
      heard.awaitOf(
          owner,
          new ReplyStarted(job, 1, "m", "Hi").toJson(),
          new ReplyDelta(job, 1, 0, "Hello\n👋").toJson(),
          COMPLETED.apply(job).toJson());
    }
  }

  @Test
  void nobody_hears_what_was_refused() {
    var heard = new Heard();
    started(2);
    try (var _ = channel().subscribe(connected(owner), heard)) {
      delta(1, 0, "one");
      delta(2, 7, "gap");
      delta(2, 0, "two");

      heard.awaitOf(owner, new ReplyDelta(job, 2, 0, "two").toJson());
    }
  }

  @Test
  void nothing_is_heard_after_the_subscription_was_closed() {
    var closed = new Heard();
    var open = new Heard();
    var gateway = connected(owner);
    var subscription = channel().subscribe(gateway, closed);
    try (var _ = channel().subscribe(gateway, open)) {
      subscription.close();
      started(1);

      open.awaitOf(owner, new ReplyStarted(job, 1, "m", "Hi").toJson());
      closed.hasNothing();
    }
  }

  @Test
  void every_worker_hears_who_shall_stop() {
    var first = new Heard();
    var second = new Heard();
    try (var _ = channel().onStop(first::stop);
        var _ = channel().onStop(second::stop)) {
      channel().requestStop(job);

      first.awaitStops(job);
      second.awaitStops(job);
    }
  }
}
