package dev.prosa.worker.account;

import static dev.prosa.worker.account.Calls.answered;
import static dev.prosa.worker.account.Calls.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.worker.testing.ManualClockwork;
import dev.prosa.worker.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CallRecorderTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClockwork clockwork = new ManualClockwork();
  private final ScriptedLedger ledger = new ScriptedLedger();
  private final Metrics metrics = Metrics.create();
  private final CallRecorder recorder = CallRecorder.open(ledger, metrics, clockwork);

  private void at(int millis, Runnable event) {
    clockwork.at(Duration.ofMillis(millis), event);
  }

  private void record(List<ModelCall> calls) {
    calls.forEach(recorder::record);
  }

  private String counted(String metric) {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith(metric))
        .reduce("", (_, line) -> line.substring(line.lastIndexOf(' ') + 1));
  }

  @Test
  void writes_what_comes_within_a_quarter_of_a_second_together() {
    at(100, () -> recorder.record(answered(2)));
    at(249, () -> recorder.record(answered(3)));

    recorder.record(answered(1));

    assertThat(clockwork.passed()).isEqualTo(Duration.ofMillis(250));
    assertThat(ledger.batches()).containsExactly(answered(1, 3));
  }

  @Test
  void writes_at_once_when_a_batch_is_full() {
    at(100, () -> record(answered(2, 100)));

    recorder.record(answered(1));

    assertThat(clockwork.passed()).isEqualTo(Duration.ofMillis(100));
    assertThat(ledger.batches()).containsExactly(answered(1, 100));
  }

  @Test
  void writes_what_comes_during_a_write_a_quarter_of_a_second_later() {
    ledger.whileWriting(() -> recorder.record(answered(2)));

    recorder.record(answered(1));

    assertThat(ledger.batches()).containsExactly(answered(1, 1), answered(2, 2));
    assertThat(clockwork.passed()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void writes_only_the_later_of_two_with_the_same_id() {
    at(100, () -> recorder.record(answered(1)));

    recorder.record(started(1));

    assertThat(ledger.batches()).containsExactly(answered(1, 1));
  }

  @Test
  void writes_the_end_of_a_call_whose_beginning_is_being_written() {
    ledger.whileWriting(() -> recorder.record(answered(1)));

    recorder.record(started(1));

    assertThat(ledger.batches()).containsExactly(List.of(started(1)), answered(1, 1));
  }

  @Test
  void tries_again_with_longer_and_longer_pauses_while_the_store_is_away() {
    ledger.fail(3);

    recorder.record(answered(1));

    assertThat(ledger.batches()).containsExactly(answered(1, 1));
    assertThat(clockwork.passed()).isEqualTo(Duration.ofMillis(250 + 500 + 1000 + 2000));
  }

  @Test
  void keeps_the_order_over_failed_writes() {
    ledger.fail(2);
    at(300, () -> record(answered(2, 150)));

    recorder.record(answered(1));

    assertThat(ledger.written()).isEqualTo(answered(1, 150));
  }

  @Test
  void goes_on_after_a_batch_that_can_never_be_written() {
    ledger.fail(new IllegalStateException("a defect"), 1);

    recorder.record(answered(1));
    recorder.record(answered(2));

    assertThat(ledger.written()).containsExactly(answered(2));
    assertThat(counted("prosa_llm_calls_unrecorded_total")).isEqualTo("1.0");
  }

  @Test
  void forgets_the_oldest_started_calls_when_too_many_wait() {
    ledger.away(true);
    at(
        300,
        () -> {
          recorder.record(started(2));
          record(answered(3, 10_001));
          ledger.away(false);
        });

    recorder.record(answered(1));

    assertThat(ledger.written()).hasSize(10_000).doesNotContain(started(2));
    assertThat(counted("prosa_llm_calls_unrecorded_total")).isEqualTo("1.0");
  }

  @Test
  void writes_at_once_when_it_is_closed() {
    var elsewhere = CallRecorder.open(ledger, metrics, Clockwork.of(new ManualTime()));

    elsewhere.record(answered(1));
    elsewhere.close();

    assertThat(ledger.written()).containsExactly(answered(1));
  }

  @Test
  void is_closed_after_five_seconds_though_the_store_is_away() {
    ledger.away(true);
    at(10_000, recorder::close);

    recorder.record(answered(1));

    assertThat(clockwork.passed()).isBetween(SECOND.multipliedBy(15), SECOND.multipliedBy(16));
    assertThat(ledger.written()).isEmpty();
    assertThat(counted("prosa_llm_calls_unrecorded_total")).isEqualTo("1.0");
  }

  @Test
  void takes_nothing_after_it_was_closed() {
    recorder.close();

    recorder.record(answered(1));

    assertThat(ledger.written()).isEmpty();
    assertThat(counted("prosa_llm_calls_unrecorded_total")).isEqualTo("1.0");
  }

  @Test
  void counts_calls_that_ended() {
    recorder.record(started(1));
    recorder.record(answered(1));

    assertThat(counted("prosa_llm_calls_total")).isEqualTo("1.0");
    assertThat(counted("gen_ai_client_token_usage_total")).isEqualTo("2.0");
  }

  @Test
  void takes_calls_of_many_threads_without_losing_one() {
    var elsewhere = CallRecorder.open(ledger, metrics, Clockwork.of(new ManualTime()));
    var together = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        var from = 1 + i * 100;
        threads.execute(() -> {
          awaitUninterruptibly(together);
          answered(from, from + 99).forEach(elsewhere::record);
        });
      }
      together.countDown();
    }

    await().until(() -> ledger.written().size() >= 2000);
    elsewhere.close();

    assertThat(ledger.written()).containsExactlyInAnyOrderElementsOf(answered(1, 2000));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
