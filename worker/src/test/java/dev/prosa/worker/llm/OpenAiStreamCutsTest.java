package dev.prosa.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.worker.testing.ManualTime;
import dev.prosa.worker.testing.ScriptedProvider;
import dev.prosa.worker.testing.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Wherever the network cuts a sound reply into pieces, it comes out whole.
class OpenAiStreamCutsTest {

  private static final String[] WORDS = {
    "a", "é", "漢字", "👋🏽", "e\\u0301", "\\n", " ", "\\\"", "ÿ"
  };

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_reply_is_the_same_however_it_is_cut(long seed) throws ModelException {
    var random = new Random(seed);
    var pieces = random.ints(1 + random.nextInt(30), 0, WORDS.length).mapToObj(i -> WORDS[i]);
    var said = pieces.toList();
    var body = body(said, random).getBytes(StandardCharsets.UTF_8);
    var longest = 1 + random.nextInt(random.nextBoolean() ? 4 : 400);
    try (var provider = new ScriptedProvider("p-1", wire -> cut(wire, body, longest, random))) {
      var heard = new ArrayList<String>();

      var model = provider.model(new ManualTime());
      var answer = model.stream(null, ConversationContext.EMPTY, "Hi", heard::add);

      assertThat(String.join("", heard)).isEqualTo(unescaped(String.join("", said)));
      assertThat(answer.finishReason()).isEqualTo("stop");
    }
  }

  /// Lines end in one of the ways that a stream of events may use (WHATWG HTML, 9.2.5).
  private static String body(List<String> said, Random random) {
    var end = random.nextBoolean() ? "\r\n" : "\n";
    var body = new StringBuilder();
    for (var piece : said) {
      if (random.nextInt(5) == 0) {
        body.append(": ping ").append("é".repeat(random.nextInt(9))).append(end).append(end);
      }
      var colon = random.nextBoolean() ? "data: " : "data:";
      body.append(colon).append(Wire.choice("{\"content\":\"" + piece + "\"}", "null"));
      body.append(end).append(end);
    }
    var finish = Wire.choice("{}", "\"stop\"");
    return body + "data: " + finish + end + end + "data: [DONE]" + end + end;
  }

  private static void cut(Wire wire, byte[] body, int longest, Random random) throws IOException {
    wire.head();
    for (int from = 0; from < body.length; ) {
      var to = Math.min(body.length, from + 1 + random.nextInt(longest));
      wire.chunk(Arrays.copyOfRange(body, from, to));
      from = to;
    }
    wire.raw("0\r\n\r\n");
  }

  private static String unescaped(String json) {
    return json.replace("\\u0301", "\u0301").replace("\\n", "\n").replace("\\\"", "\"");
  }
}
