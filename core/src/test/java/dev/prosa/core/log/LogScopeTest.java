package dev.prosa.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.JobId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogScopeTest {

  private static final JobId JOB = new JobId(ConversationId.create(), 1);
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void lines_have_the_fields_until_it_is_closed() {
    try (var _ = LogScope.of(JOB, 2, TRACE_ID)) {
      assertThat(fields())
          .containsOnly(
              entry("jobId", JOB.value()),
              entry("conversationId", JOB.conversation().value()),
              entry("attempt", "2"),
              entry("traceId", TRACE_ID));
    }

    assertThat(fields()).isEmpty();
  }

  @Test
  void an_inner_scope_wins_and_leaves_the_outer_one_as_it_was() {
    try (var _ = LogScope.of(JOB, TRACE_ID)) {
      var before = fields();

      try (var _ = LogScope.of(JOB.next(), 1, null)) {
        assertThat(fields())
            .containsEntry("jobId", JOB.next().value())
            .doesNotContainKey("traceId");
      }

      assertThat(fields()).isEqualTo(before);
    }
  }

  @Test
  void a_field_without_a_value_is_left_out() {
    try (var _ = LogScope.of(LogKey.CONNECTION_ID, null)) {
      assertThat(fields()).isEmpty();
    }
  }

  @Test
  void another_thread_has_the_fields_for_its_task_only() throws InterruptedException {
    var during = new HashMap<String, String>();
    var after = new HashMap<String, String>();
    Runnable task;
    try (var _ = LogScope.of(JOB, TRACE_ID)) {
      task = LogScope.carried(() -> during.putAll(fields()));
    }

    Thread.ofVirtual()
        .start(() -> {
          task.run();
          after.putAll(fields());
        })
        .join();

    assertThat(during).containsEntry("traceId", TRACE_ID).containsEntry("jobId", JOB.value());
    assertThat(after).isEmpty();
  }

  private static Map<String, String> fields() {
    @Nullable Map<String, String> fields = MDC.getCopyOfContextMap();
    return Objects.requireNonNullElse(fields, Map.of());
  }
}
