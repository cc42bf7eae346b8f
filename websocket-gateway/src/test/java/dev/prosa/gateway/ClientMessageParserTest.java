package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageParserTest {

  private static final String RESUME =
      "{\"type\":\"resume\",\"jobs\":[{\"jobId\":\"j\",\"attempt\":2,\"length\":3}]}";

  @Test
  void reads_what_a_client_shows() {
    assertThat(ClientMessageParser.parse(RESUME))
        .isInstanceOfSatisfying(
            ClientMessage.Resume.class,
            resume ->
                assertThat(resume.jobs()).containsExactly(new ClientMessage.Shown("j", 2, 3)));
  }

  @Test
  void takes_absent_counts_for_zero() {
    assertThat(ClientMessageParser.parse("{\"type\":\"resume\",\"jobs\":[{\"jobId\":\"j\"}]}"))
        .isInstanceOfSatisfying(
            ClientMessage.Resume.class,
            resume ->
                assertThat(resume.jobs()).containsExactly(new ClientMessage.Shown("j", 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2147483648", "1.5", "\"1\"", "true", "[]", "1e99"})
  void refuses_a_count_that_is_none(String count) {
    assertThat(ClientMessageParser.parse(RESUME.replace("\"length\":3", "\"length\":" + count)))
        .isInstanceOf(ClientMessage.Malformed.class);
  }

  @Test
  void refuses_more_jobs_than_a_page_shows() {
    var job = "{\"jobId\":\"j\"},";
    var text = "{\"type\":\"resume\",\"jobs\":[" + job.repeat(50) + "{\"jobId\":\"j\"}]}";

    assertThat(ClientMessageParser.parse(text)).isInstanceOf(ClientMessage.Malformed.class);
  }

  @Test
  void refuses_depth_and_length_that_no_message_has() {
    var deep = "{\"type\":\"ping\",\"x\":" + "[".repeat(8000) + "]".repeat(8000) + "}";
    var wide = "{\"type\":\"ping\",\"x\":\"" + "x".repeat(20_000) + "\"}";

    assertThat(ClientMessageParser.parse(deep)).isInstanceOf(ClientMessage.Malformed.class);
    assertThat(ClientMessageParser.parse(wide)).isInstanceOf(ClientMessage.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void never_fails_on_a_mutated_message(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      var text = new StringBuilder(RESUME);
      for (int change = 0; change <= random.nextInt(4); change++) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x250));
      }
      assertThat(ClientMessageParser.parse(text.toString())).isNotNull();
    }
  }
}
