package dev.prosa.bench;

import dev.prosa.worker.offline.Pace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a reply takes longer in a long conversation than in a new one.
final class LongConversation implements Measurement {

  private static final Pace PACE = new Pace(Duration.ofMillis(20), Duration.ofMillis(2));
  private static final String QUESTION = "/echo one two three four five six seven eight nine ten";
  private static final double LIMIT = 1.5;

  /// Medians of three kinds of requests settle long before the number that a p99 needs.
  private static final int SHARE = 4;

  private final InstantSource clock;

  LongConversation(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "long-conversation";
  }

  @Override
  public String about() {
    return "a turn in a conversation of 200 turns beside one in a new conversation";
  }

  /// First token and whole reply of one kind of requests.
  private record Times(Samples first, Samples whole) {

    Times() {
      this(new Samples(), new Samples());
    }
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var shortTimes = new Times();
    var cached = new Times();
    var uncached = new Times();
    try (var stack = Stack.start(PACE, clock);
        var http = HttpUser.client();
        var user = HttpUser.connect(http, stack.server(), "bench");
        var contexts = new RedisContexts(stack.redis())) {
      var conversation = build(user, options.turns());
      for (var i = 0; i < Math.max(1, options.requests() / SHARE); i++) {
        measure(user, null, shortTimes);
        measure(user, conversation, cached);
        contexts.forget(conversation);
        measure(user, conversation, uncached);
      }
    }
    return new Report(name(), how(options, shortTimes), figures(shortTimes, cached, uncached));
  }

  private static String build(HttpUser user, int turns) throws InterruptedException {
    var sent = user.send(QUESTION, null);
    sent.heard().completedNanos();
    for (var turn = 2; turn <= turns; turn++) {
      user.send(QUESTION, sent.conversation()).heard().completedNanos();
    }
    return sent.conversation();
  }

  private static void measure(HttpUser user, @Nullable String conversation, Times times)
      throws InterruptedException {
    var sent = user.send(QUESTION, conversation);
    times.first().add(sent.untilFirstText());
    times.whole().add(sent.untilCompleted());
  }

  private static String how(Options options, Times times) {
    return """
    %d turns each in a new conversation, in one of %d turns, and in the same one after its context \
    was taken out of Redis (only that: a FLUSHALL would take the connections, too); alternating.\
    """
        .formatted(times.first().size(), options.turns());
  }

  private static List<Figure> figures(Times shortTimes, Times cached, Times uncached) {
    return List.of(
        Figure.of("new: first token p50", shortTimes.first().median()),
        Figure.of("new: completed p50", shortTimes.whole().median()),
        Figure.of("long: first token p50", cached.first().median()),
        Figure.of("long: completed p50", cached.whole().median()),
        Figure.of("long from DynamoDB: first token p50", uncached.first().median()),
        Figure.of("long from DynamoDB: completed p50", uncached.whole().median()),
        ratio("long / new, first token", cached.first(), shortTimes.first()),
        ratio("long / new, completed", cached.whole(), shortTimes.whole()),
        ratio("long from DynamoDB / new, first token", uncached.first(), shortTimes.first()),
        ratio("long from DynamoDB / new, completed", uncached.whole(), shortTimes.whole()));
  }

  private static Figure ratio(String name, Samples a, Samples b) {
    return Figure.ofRatio(name, a.median(), b.median(), LIMIT);
  }
}
