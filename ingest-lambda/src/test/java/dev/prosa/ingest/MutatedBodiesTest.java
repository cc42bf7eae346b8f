package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that went wrong in many ways, made from seeds that are printed.
class MutatedBodiesTest {

  private static final int SEEDS = 20;
  private static final int BODIES = 100;
  private static final String[] PIECES = {
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "1e9",
    "\\u0000",
    "\\ud800",
    "\u0000",
    "👋",
    "\"content\"",
    "\"conversationId\"",
    "j_",
    "c_0",
    "\uD83D",
    "\n",
    "-",
    "truefalse"
  };

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_mutated_body_is_accepted_or_refused_but_breaks_nothing(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < BODIES; i++) {
      var api = new Api();
      var body = mutated(random);

      var said = api.post(body);

      assertThat(said.status()).as(body).isIn(202, 400, 404, 413);
      assertThat(api.isUntouched()).as(body).isEqualTo(said.status() != 202);
    }
  }

  private static String mutated(Random random) {
    var body =
        new StringBuilder(
            "{\"content\":\"Grüße 👋\",\"conversationId\":null,\"connectionId\":null,\"x\":[1,{}]}");
    var mutations = 1 + random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      var at = random.nextInt(Math.max(1, body.length()));
      switch (random.nextInt(4)) {
        case 0 -> body.delete(at, at + 1);
        case 1 -> body.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> body.replace(at, at + 1, "" + (char) random.nextInt(0x10000));
        default -> body.setLength(at);
      }
    }
    return body.toString();
  }
}
