package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.core.usage.ModelCall.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was asked of models, written down and read again.
abstract class CallLedgerContract {

  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00.123Z");

  private final CallLedger ledger;
  private final JobId job = new JobId(ConversationId.create(), 2);

  CallLedgerContract(CallLedger ledger) {
    this.ledger = ledger;
  }

  private static ModelCall call(JobId job, int attempt, int number, Outcome outcome) {
    return call(new ModelCall.Id(job, attempt, number), outcome, false, Duration.ofMillis(300));
  }

  private static ModelCall call(
      ModelCall.Id id, Outcome outcome, boolean estimated, @Nullable Duration firstToken) {
    return new ModelCall(
        id,
        "p-1",
        "m-1",
        outcome,
        new Usage(30, 20),
        estimated,
        7,
        new ModelCall.Timing(BEGIN, firstToken, Duration.ofMillis(1500)));
  }

  private ModelCall answered(int attempt, int number) {
    return call(job, attempt, number, Outcome.ANSWERED);
  }

  private static CallTotals totals(int calls) {
    return new CallTotals(calls, new Usage(30L * calls, 20L * calls), false, 7L * calls);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void a_call_is_read_as_it_was_written(Outcome outcome) {
    var call = call(job, 1, 1, outcome);

    ledger.record(List.of(call));

    assertThat(ledger.ofJob(job)).containsExactly(call);
  }

  @Test
  void an_estimate_without_a_first_token_is_read_as_it_was_written() {
    var call = call(new ModelCall.Id(job, 1, 1), Outcome.ABORTED, true, null);

    ledger.record(List.of(call));

    assertThat(ledger.ofJob(job)).containsExactly(call);
    assertThat(ledger.ofConversation(job.conversation()).estimated()).isTrue();
  }

  @Test
  void the_calls_of_a_job_come_in_the_order_of_their_ids() {
    ledger.record(List.of(answered(10, 1), answered(2, 11), answered(2, 2), answered(1, 1)));

    assertThat(ledger.ofJob(job))
        .containsExactly(answered(1, 1), answered(2, 2), answered(2, 11), answered(10, 1));
  }

  @Test
  void a_call_that_is_written_again_replaces_the_first() {
    ledger.record(List.of(call(job, 1, 1, Outcome.STARTED)));

    ledger.record(List.of(answered(1, 1)));

    assertThat(ledger.ofJob(job)).containsExactly(answered(1, 1));
    assertThat(ledger.ofConversation(job.conversation())).isEqualTo(totals(1));
  }

  @Test
  void of_two_in_one_batch_the_later_counts() {
    ledger.record(List.of(call(job, 1, 1, Outcome.STARTED), answered(2, 1), answered(1, 1)));

    assertThat(ledger.ofJob(job)).containsExactly(answered(1, 1), answered(2, 1));
  }

  @Test
  void a_job_has_no_calls_of_another() {
    var conversation = job.conversation();
    ledger.record(
        List.of(
            call(new JobId(conversation, 1), 1, 1, Outcome.ANSWERED),
            call(new JobId(conversation, 20), 1, 1, Outcome.ANSWERED),
            call(new JobId(ConversationId.create(), 2), 1, 1, Outcome.ANSWERED)));

    assertThat(ledger.ofJob(job)).isEmpty();
  }

  @Test
  void a_conversation_sums_the_calls_of_all_its_jobs_and_of_no_other() {
    ledger.record(
        List.of(
            answered(1, 1),
            answered(2, 1),
            call(job.next(), 1, 1, Outcome.FAILED),
            call(new JobId(ConversationId.create(), 2), 1, 1, Outcome.ANSWERED)));

    assertThat(ledger.ofConversation(job.conversation())).isEqualTo(totals(3));
  }

  @Test
  void nothing_was_asked_for_an_unknown_job() {
    assertThat(ledger.ofJob(job)).isEmpty();
    assertThat(ledger.ofConversation(job.conversation())).isEqualTo(CallTotals.NONE);
  }

  @Test
  void nothing_to_write_is_fine() {
    ledger.record(List.of());

    assertThat(ledger.ofJob(job)).isEmpty();
  }

  @Test
  void a_large_batch_is_written_whole() {
    var calls = new ArrayList<ModelCall>();
    for (int attempt = 1; attempt <= 60; attempt++) {
      calls.add(answered(attempt, 1));
    }

    ledger.record(calls);

    assertThat(ledger.ofJob(job)).isEqualTo(calls);
    assertThat(ledger.ofConversation(job.conversation())).isEqualTo(totals(60));
  }

  @Test
  void removes_the_calls_of_a_conversation_and_of_no_other() {
    var other = call(new JobId(ConversationId.create(), 2), 1, 1, Outcome.ANSWERED);
    var calls = new ArrayList<>(List.of(other));
    for (int attempt = 1; attempt <= 130; attempt++) {
      calls.add(answered(attempt, 1));
    }
    ledger.record(calls);

    for (var more = true; more; ) {
      more = ledger.removeSome(job.conversation());
    }

    assertThat(ledger.ofConversation(job.conversation())).isEqualTo(CallTotals.NONE);
    assertThat(ledger.ofJob(other.id().job())).containsExactly(other);
  }
}
