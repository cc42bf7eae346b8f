package dev.prosa.bench;

import dev.prosa.worker.offline.OfflineModel;
import dev.prosa.worker.offline.Pace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What Prosa adds to a model's own first token.
final class FirstToken implements Measurement {

  private static final Pace PACE = new Pace(Duration.ofMillis(20), Duration.ofMillis(5));
  private static final String QUESTION = "/echo one two three four five";
  private static final Duration LIMIT = Duration.ofMillis(250);

  private final InstantSource clock;

  FirstToken(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "first-token";
  }

  @Override
  public String about() {
    return "POST /v1/messages to the first reply.delta, beside a direct call to the model";
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var accepted = new Samples();
    var prosa = new Samples();
    var direct = new Samples();
    try (var stack = Stack.start(PACE, clock);
        var http = HttpUser.client();
        var user = HttpUser.connect(http, stack.server(), "bench");
        var openAi = new OpenAiDirect(stack.model(), OfflineModel.MODEL)) {
      for (var i = -options.warmUp(); i < options.requests(); i++) {
        var alone = openAi.firstText(QUESTION);
        var sent = user.send(QUESTION, null);
        var through = sent.untilFirstText();
        sent.heard().completedNanos(); // the next request finds nobody busy
        if (i >= 0) {
          direct.add(alone);
          prosa.add(through);
          accepted.add(sent.untilAccepted());
        }
      }
    }
    return new Report(name(), how(options), figures(accepted, prosa, direct));
  }

  private static String how(Options options) {
    return """
    %d requests one after the other, each in a new conversation, alternating with direct \
    openai-java calls to the same model, whose own first token takes %d ms. Added: through Prosa, \
    less those %d ms.\
    """
        .formatted(options.requests(), PACE.firstToken().toMillis(), PACE.firstToken().toMillis());
  }

  private static List<Figure> figures(Samples accepted, Samples prosa, Samples direct) {
    var added = prosa.less(PACE.firstToken());
    var addedDirect = direct.less(PACE.firstToken());
    return List.of(
        Figure.of("202, p50", accepted.median()),
        Figure.of("202, p99", accepted.percentile(99)),
        Figure.of("through Prosa, first token p50", prosa.median()),
        Figure.of("through Prosa, first token p99", prosa.percentile(99)),
        Figure.of("direct call, first token p50", direct.median()),
        Figure.of("direct call, first token p99", direct.percentile(99)),
        Figure.of("added by Prosa, p50", added.median()),
        Figure.of("added by Prosa, p95", added.percentile(95), LIMIT),
        Figure.of("added by Prosa, p99", added.percentile(99)),
        Figure.of("added by a direct call, p50", addedDirect.median()),
        Figure.of("added by a direct call, p95", addedDirect.percentile(95)),
        Figure.of("added by a direct call, p99", addedDirect.percentile(99)));
  }
}
