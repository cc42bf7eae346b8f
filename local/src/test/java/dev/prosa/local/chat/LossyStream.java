package dev.prosa.local.chat;

import dev.prosa.core.reply.ReplyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What a bad network makes of the events of one reply: some are lost, some come twice, some late.
///
/// @param events as they arrive; the final one arrives at least once
/// @param texts what each attempt says, in order; the last one is the reply
record LossyStream(List<ReplyEvent> events, List<String> texts) {

  private static final List<String> WORDS = List.of("a", "bc ", "\ud83d\ude00", "\n", "def", "é");

  static LossyStream of(long seed) {
    var random = new Random(seed);
    var sent = new ArrayList<ReplyEvent>();
    var texts = new ArrayList<String>();
    var attempts = 1 + random.nextInt(4);
    for (var attempt = 1; attempt <= attempts; attempt++) {
      texts.add(send(attempt, sent, random));
    }
    var end = ReplyViewTest.completed(attempts, texts.getLast());
    sent.add(end);
    return new LossyStream(List.copyOf(arriving(sent, end, random)), List.copyOf(texts));
  }

  private static String send(int attempt, List<ReplyEvent> sent, Random random) {
    sent.add(ReplyViewTest.started(attempt));
    var text = new StringBuilder();
    for (var i = random.nextInt(12); i > 0; i--) {
      var word = WORDS.get(random.nextInt(WORDS.size()));
      sent.add(ReplyViewTest.delta(attempt, text.length(), word));
      text.append(word);
    }
    return text.toString();
  }

  private static List<ReplyEvent> arriving(List<ReplyEvent> sent, ReplyEvent end, Random random) {
    var arriving = new ArrayList<ReplyEvent>();
    for (var event : sent) {
      for (var copies = event.equals(end) ? 1 : random.nextInt(3); copies > 0; copies--) {
        var late = Math.min(arriving.size(), random.nextInt(4));
        arriving.add(arriving.size() - late, event);
      }
    }
    return arriving;
  }
}
