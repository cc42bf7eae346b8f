package dev.prosa.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.JobId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PokeTest {

  private static final String RANDOM = "0123456789abcdefghijklmnop";
  private static final String C = "\"conversationId\":\"c_" + RANDOM + "\"";
  private static final String J = "\"jobId\":\"j_" + RANDOM + "_7\"";
  private static final JobId JOB = Objects.requireNonNull(JobId.parse("j_" + RANDOM + "_7"));

  @Test
  void is_read_as_it_was_written() {
    var poke = new Poke(JOB, "00-trace");

    assertThat(Poke.parse(poke.toBody())).isEqualTo(poke);
  }

  @Test
  void has_exactly_these_fields() {
    assertThat(new Poke(JOB, "00-trace").toBody())
        .isEqualTo("{\"v\":1," + C + "," + J + ",\"traceparent\":\"00-trace\"}");
    assertThat(new Poke(JOB, null).toBody()).isEqualTo("{\"v\":1," + C + "," + J + "}");
  }

  @Test
  void takes_fields_of_a_newer_writer() {
    assertThat(Poke.parse("{\"v\":1," + C + "," + J + ",\"x\":{},\"traceparent\":null}"))
        .isEqualTo(new Poke(JOB, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "7",
        "[]",
        "{}",
        "{\"v\":1",
        "{\"v\":2," + C + "," + J + "}",
        "{" + C + "," + J + "}",
        "{\"v\":1," + C + "}",
        "{\"v\":1," + J + "}",
        "{\"v\":1," + C + ",\"jobId\":7}",
        "{\"v\":1," + C + ",\"jobId\":\"j_x\"}",
        "{\"v\":1,\"conversationId\":\"c_00000000000000000000000000\"," + J + "}"
      })
  void is_not_read_from_anything_else(String body) {
    assertThat(Poke.parse(body)).isNull();
  }

  @Test
  void is_not_read_from_json_that_is_10_000_levels_deep() {
    assertThat(Poke.parse("[".repeat(10_000))).isNull();
  }
}
