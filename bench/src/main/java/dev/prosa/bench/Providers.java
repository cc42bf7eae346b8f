package dev.prosa.bench;

import dev.prosa.bench.providers.Cancels;
import dev.prosa.bench.providers.ChainCost;
import dev.prosa.bench.providers.ManyStreams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// What asking model providers through the worker costs.
final class Providers implements Measurement {

  private static final Duration ADDED_LIMIT = Duration.ofMillis(1);
  private static final Duration CANCEL_LIMIT = Duration.ofMillis(200);

  /// A gigabyte, for [Sizes#streams()] replies at once.
  private static final double RESIDENT_LIMIT_MB = 1_000;

  private static final double KIB_PER_MB = 1e6 / 1024;

  private final InstantSource clock;
  private final Sizes sizes;

  /// How much is done.
  ///
  /// @param calls calls through the chain, and as many beside it; at least, `--requests` may be
  ///   more
  /// @param warmUp as many before them that do not count; at least, `--warm-up` may be more
  /// @param streams replies at once
  /// @param seconds how long each of them takes
  /// @param midStream cancels while text comes
  /// @param beforeText cancels before
  record Sizes(int calls, int warmUp, int streams, int seconds, int midStream, int beforeText) {

    static final Sizes WHOLE = new Sizes(500, 500, 1_000, 20, 200, 100);
  }

  Providers(InstantSource clock) {
    this(clock, Sizes.WHOLE);
  }

  Providers(InstantSource clock, Sizes sizes) {
    this.clock = clock;
    this.sizes = sizes;
  }

  @Override
  public String name() {
    return "providers";
  }

  @Override
  public String about() {
    return "what the chain of providers adds, 1,000 streams in one worker, cancels; about 1 min";
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var calls = Math.max(sizes.calls(), options.requests());
    var cost = new ChainCost(calls, Math.max(sizes.warmUp(), options.warmUp()), clock).run();
    var cancels = new Cancels(sizes.midStream(), sizes.beforeText(), clock).run();
    var figures =
        Stream.of(chain(cost), streams(manyStreams()), cancels(cancels))
            .flatMap(List::stream)
            .toList();
    return new Report(name(), how(calls), figures);
  }

  private ManyStreams.Result manyStreams() {
    try (var folder = Folder.create()) {
      return new ManyStreams(sizes.streams(), sizes.seconds(), folder.path()).run();
    }
  }

  private String how(int calls) {
    return """
    Stores in memory, real openai-java clients, providers on plain sockets of this machine. Chain: \
    two providers, the first is healthy and answers at once; %d calls through it in turn with as \
    many plain ones of the same settings. A call through the chain counts from PokeHandler.serve \
    until its first text is with what delivers it, so the claim and the start of the attempt are \
    in it; added is each call less the plain one beside it. Streams: a worker process of its own \
    (%s), %d conversations at once, one token a second for %d s. Cancels: %d while text came and \
    %d before any, one at a time, from PokeHandler.cancel until the provider sees the connection \
    end.\
    """
        .formatted(
            calls,
            ManyStreams.HEAP,
            sizes.streams(),
            sizes.seconds(),
            sizes.midStream(),
            sizes.beforeText());
  }

  private static List<Figure> chain(ChainCost.Result cost) {
    var chain = Samples.of(cost.chain());
    var plain = Samples.of(cost.plain());
    var added = Samples.of(cost.added());
    return List.of(
        Figure.of("plain call, first token p50", plain.median()),
        Figure.of("plain call, first token p95", plain.percentile(95)),
        Figure.of("through the chain, first token p50", chain.median()),
        Figure.of("through the chain, first token p95", chain.percentile(95)),
        Figure.of("added by the chain, p50", added.median(), ADDED_LIMIT),
        Figure.of("added by the chain, p95", added.percentile(95)),
        Figure.ofCount("calls that went to the second provider", cost.strays(), 0));
  }

  private List<Figure> streams(ManyStreams.Result streams) {
    return List.of(
        Figure.ofCount("streams at once, as the provider saw them", streams.atOnce(), all()),
        Figure.ofCount("of them COMPLETED with the whole text", streams.completed(), all()),
        Figure.ofText(
            "all of them over after", Figure.decimal("%.1f s", streams.time().toMillis() / 1000.0)),
        resident(streams.peakKib()),
        Figure.ofText(
            "threads of the worker's process at its end",
            streams.threads() < 0 ? "not measured" : Long.toString(streams.threads())));
  }

  private long all() {
    return sizes.streams();
  }

  private static Figure resident(long peakKib) {
    var megabytes = peakKib / KIB_PER_MB;
    return new Figure(
        "resident memory of the worker, peak",
        peakKib < 0 ? "not measured" : Figure.decimal("%.0f MB", megabytes),
        Figure.decimal("<= %.0f MB", RESIDENT_LIMIT_MB),
        megabytes <= RESIDENT_LIMIT_MB);
  }

  private static List<Figure> cancels(Cancels.Result cancels) {
    var midStream = Samples.of(cancels.midStream());
    var beforeText = Samples.of(cancels.beforeText());
    return List.of(
        Figure.of("cancel mid-stream until closed, p50", midStream.median()),
        Figure.of("cancel mid-stream until closed, p95", midStream.percentile(95), CANCEL_LIMIT),
        Figure.of("cancel mid-stream until closed, max", midStream.percentile(100)),
        Figure.of("cancel before text until closed, p50", beforeText.median()),
        Figure.of("cancel before text until closed, p95", beforeText.percentile(95), CANCEL_LIMIT),
        Figure.of("cancel before text until closed, max", beforeText.percentile(100)),
        Figure.ofCount(
            "connections left open for " + Cancels.PATIENCE.toSeconds() + " s",
            cancels.leftOpen(),
            0),
        Figure.ofCount("cancelled turns that are not CANCELLED", cancels.notCancelled(), 0));
  }
}
