package dev.prosa.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String HEADER = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

  private final Random random = new Random(7);

  @Test
  void spells_what_it_was_read_from() {
    var context = new TraceContext(TRACE_ID, "00f067aa0ba902b7", true);

    assertThat(TraceContext.parse(HEADER)).isEqualTo(context);
    assertThat(context.traceparent()).isEqualTo(HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-more-00f067aa0ba902b7-01",
        "cc-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "CC-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0\u0660",
        " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
      })
  void is_spelt_by_nothing_else(String text) {
    assertThat(TraceContext.parse(text)).isNull();
    assertThat(TraceContext.traceIdOf(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "fe-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings"
      })
  void is_read_from_a_later_version_and_written_in_this_one(String text) {
    var context = TraceContext.parse(text);

    assertThat(context).extracting(TraceContext::traceparent).isEqualTo(HEADER);
  }

  @Test
  void keeps_of_the_flags_the_one_it_knows() {
    var sampled = TraceContext.parse(HEADER.replaceFirst("01$", "ff"));
    var unsampled = TraceContext.parse(HEADER.replaceFirst("01$", "fe"));

    assertThat(sampled).extracting(TraceContext::traceparent).asString().endsWith("-01");
    assertThat(unsampled).extracting(TraceContext::traceparent).asString().endsWith("-00");
  }

  @Test
  void goes_on_with_the_trace_of_the_caller_under_a_span_of_its_own() {
    var next = TraceContext.after(HEADER, random);

    assertThat(next.traceId()).isEqualTo(TRACE_ID);
    assertThat(next.spanId()).isNotEqualTo("00f067aa0ba902b7");
    assertThat(TraceContext.parse(next.traceparent())).isEqualTo(next);
  }

  @Test
  void begins_a_trace_where_the_caller_has_none_that_is_valid() {
    var first = TraceContext.after(null, random);
    var second = TraceContext.after("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", random);

    assertThat(first.traceId()).isNotEqualTo(second.traceId());
    assertThat(TraceContext.parse(first.traceparent())).isEqualTo(first);
    assertThat(TraceContext.parse(second.traceparent())).isEqualTo(second);
  }

  @Test
  void never_makes_an_id_of_zeros() {
    var zerosFirst =
        new Random(7) {
          private static final long serialVersionUID = 1L;
          private boolean asked;

          @Override
          public void nextBytes(byte[] bytes) {
            if (asked) {
              super.nextBytes(bytes);
            }
            asked = true;
          }
        };

    assertThat(TraceContext.create(zerosFirst).traceId()).matches("(?!0+$)[0-9a-f]{32}");
  }

  @Test
  void refuses_ids_that_are_none() {
    assertThatThrownBy(() -> new TraceContext(TRACE_ID, "0".repeat(16), true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
