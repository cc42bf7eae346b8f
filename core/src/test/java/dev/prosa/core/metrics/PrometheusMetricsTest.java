package dev.prosa.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.ProviderStatus.State;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.ModelCall;
import dev.prosa.core.usage.ModelCall.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusMetricsTest {

  private static final String GEN_AI = "{gen_ai_provider_name=\"p\",gen_ai_request_model=\"m\"";

  private final Metrics metrics = Metrics.create();

  private void call(Outcome outcome, @Nullable Duration firstToken, Duration total) {
    call(outcome, new Usage(30, 20), firstToken, total);
  }

  private void call(Outcome outcome, Usage usage, @Nullable Duration firstToken, Duration total) {
    metrics.called(
        new ModelCall(
            new ModelCall.Id(new JobId(ConversationId.create(), 1), 1, 1),
            "p",
            "m",
            outcome,
            usage,
            false,
            250_000_000,
            new ModelCall.Timing(Instant.EPOCH, firstToken, total)));
  }

  @Test
  void sums_tokens_and_cost() {
    call(Outcome.ANSWERED, Duration.ofMillis(300), Duration.ofSeconds(2));
    call(Outcome.FAILED, null, Duration.ofSeconds(1));

    assertThat(metrics.text().lines())
        .contains(
            "gen_ai_client_token_usage_total" + GEN_AI + ",gen_ai_token_type=\"input\"} 60.0",
            "gen_ai_client_token_usage_total" + GEN_AI + ",gen_ai_token_type=\"output\"} 40.0",
            "prosa_llm_cost_usd_total{model=\"m\",provider=\"p\"} 0.5",
            "prosa_llm_calls_total{model=\"m\",outcome=\"answered\",provider=\"p\"} 1.0",
            "prosa_llm_calls_total{model=\"m\",outcome=\"failed\",provider=\"p\"} 1.0");
  }

  @Test
  void measures_how_long_calls_and_first_tokens_took() {
    call(Outcome.ANSWERED, Duration.ofMillis(300), Duration.ofSeconds(2));
    call(Outcome.ABORTED, null, Duration.ofSeconds(1));

    assertThat(metrics.text().lines())
        .contains(
            "gen_ai_client_operation_duration_seconds_bucket"
                + GEN_AI
                + ",outcome=\"answered\",le=\"2.56\"} 1",
            "gen_ai_client_operation_duration_seconds_sum" + GEN_AI + ",outcome=\"aborted\"} 1.0",
            "gen_ai_server_time_to_first_token_seconds_bucket" + GEN_AI + ",le=\"0.25\"} 0",
            "gen_ai_server_time_to_first_token_seconds_bucket" + GEN_AI + ",le=\"0.5\"} 1",
            "gen_ai_server_time_to_first_token_seconds_count" + GEN_AI + "} 1");
  }

  @Test
  void takes_less_than_no_tokens_for_none() {
    call(Outcome.ANSWERED, new Usage(-1, 20), null, Duration.ofSeconds(1));

    assertThat(metrics.text().lines())
        .contains(
            "gen_ai_client_token_usage_total" + GEN_AI + ",gen_ai_token_type=\"input\"} 0.0",
            "gen_ai_client_token_usage_total" + GEN_AI + ",gen_ai_token_type=\"output\"} 20.0");
  }

  @Test
  void counts_no_call_that_only_began() {
    call(Outcome.STARTED, null, Duration.ZERO);

    assertThat(metrics.text()).doesNotContain("provider=\"p\"", "provider_name=\"p\"");
  }

  @ParameterizedTest
  @CsvSource({"CLOSED, 0.0", "HALF_OPEN, 1.0", "OPEN, 2.0", "COOLING, 3.0"})
  void shows_the_state_of_a_breaker_and_counts_its_changes(State state, String number) {
    metrics.breakerIs("p", "m", State.OPEN);
    metrics.breakerWentTo("p", "m", state);

    assertThat(metrics.text().lines())
        .contains(
            "prosa_llm_breaker_state{model=\"m\",provider=\"p\"} " + number,
            "prosa_llm_breaker_transitions_total{model=\"m\",provider=\"p\",to=\"%s\"} 1.0"
                .formatted(state.word()));
  }

  @Test
  void begins_with_no_forgotten_call_and_counts_those_there_are() {
    assertThat(metrics.text().lines()).contains("prosa_llm_calls_unrecorded_total 0.0");

    metrics.unrecorded(3);

    assertThat(metrics.text().lines()).contains("prosa_llm_calls_unrecorded_total 3.0");
  }

  @Test
  void two_in_one_process_do_not_mix() {
    Metrics.create().unrecorded(1);

    assertThat(metrics.text().lines()).contains("prosa_llm_calls_unrecorded_total 0.0");
  }
}
