package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that went wrong in many ways, made from seeds that are printed.
class MutatedBodiesTest {

  /// A release is tried with `-Dprosa.mutants=100000`.
  private static final int BODIES = Integer.getInteger("prosa.mutants", 5_000);

  private static final int BODIES_OF_A_SEED = 250;
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

  /// A form of the API and a body that it takes.
  private enum Form {
    MESSAGES(
        "{\"content\":\"Grüße 👋\",\"conversationId\":null,\"connectionId\":null,\"x\":[1,{}]}") {
      @Override
      RouteHandler handler(Ingest ingest) {
        return new PostMessageHandler(ingest);
      }
    },
    SHORT_MESSAGE(
        "{\"content\":\"Grüße 👋\",\"role\":\"user\",\"connectionId\":null,\"x\":{\"y\":[]}}") {
      @Override
      RouteHandler handler(Ingest ingest) {
        return new PostShortMessageHandler(ingest);
      }
    },
    SHORT_CHAT("{\"message\":\"Grüße 👋\",\"conversationId\":null,\"x\":true}") {
      @Override
      RouteHandler handler(Ingest ingest) {
        return new PostShortChatHandler(ingest);
      }
    },
    CHAT("{\"user_id\":\"ann\",\"prompt\":\"Grüße 👋\",\"x\":-1.5e3}") {
      @Override
      RouteHandler handler(Ingest ingest) {
        return new PostChatHandler(ingest);
      }
    },
    ASK("{\"question\":\"Grüße 👋\",\"model\":\"m-2\",\"prompt\":\"brief\",\"x\":\"\"}") {
      @Override
      RouteHandler handler(Ingest ingest) {
        return new PostAskHandler(ingest);
      }
    };

    private final String body;

    Form(String body) {
      this.body = body;
    }

    abstract RouteHandler handler(Ingest ingest);
  }

  static LongStream seeds() {
    return LongStream.range(0, BODIES / BODIES_OF_A_SEED);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_mutated_body_is_accepted_or_refused_but_breaks_nothing(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < BODIES_OF_A_SEED; i++) {
      var form = Form.values()[random.nextInt(Form.values().length)];
      var api = new Api();
      var body = mutated(form.body, random);

      var event = api.event(Map.of(), Map.of(), body);
      var said = Api.call(form.handler(api.ingest()), event, Duration.ZERO);

      assertThat(said.status()).as("%s %s", form, body).isIn(202, 400, 404, 413);
      assertThat(api.isUntouched()).as("%s %s", form, body).isEqualTo(said.status() != 202);
    }
  }

  private static String mutated(String whole, Random random) {
    var body = new StringBuilder(whole);
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
