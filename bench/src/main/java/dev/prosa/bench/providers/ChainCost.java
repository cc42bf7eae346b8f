package dev.prosa.bench.providers;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// What the chain adds to the first token when all is well: a call through it beside one of the
/// client library alone, in turn, to a provider that answers at once.
///
/// @param calls how many of each; at least 1
/// @param warmUp how many of each come before and do not count
/// @param clock the time
public record ChainCost(int calls, int warmUp, InstantSource clock) {

  /// What was seen.
  ///
  /// @param chain from the poke until the first text had been taken, in order
  /// @param plain from the call until the first text, in order
  /// @param strays calls that went to the second provider
  public record Result(List<Duration> chain, List<Duration> plain, int strays) {

    public Result {
      chain = List.copyOf(chain);
      plain = List.copyOf(plain);
    }

    /// Each call through the chain, less the plain one beside it.
    public List<Duration> added() {
      var added = new ArrayList<Duration>();
      for (var i = 0; i < chain.size(); i++) {
        added.add(chain.get(i).minus(plain.get(i)));
      }
      return added;
    }
  }

  /// Measures on a virtual thread, as the worker answers.
  ///
  /// @throws IllegalStateException when a call brings no text
  public Result run() throws InterruptedException {
    try (var first = LoopbackProvider.start(ChainCost::answerAtOnce);
        var second = LoopbackProvider.start(ChainCost::answerAtOnce);
        var plain = new OpenAiPlain(first.uri());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(() -> measure(first, second, plain)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call failed", e.getCause());
    }
  }

  private static void answerAtOnce(LoopbackReply reply) throws IOException {
    reply.begin();
    reply.say("Well.");
    reply.end();
  }

  private Result measure(LoopbackProvider first, LoopbackProvider second, OpenAiPlain plain) {
    var timed = new TimedModel(LoneWorker.model("first", first.uri(), clock));
    var spare = LoneWorker.model("second", second.uri(), clock);
    var worker = new LoneWorker(List.of(timed, spare), 1, clock);
    var chainTimes = new ArrayList<Duration>();
    var plainTimes = new ArrayList<Duration>();
    for (var i = -warmUp; i < calls; i++) {
      // whoever comes second finds a warmer processor, so they take turns
      var chainFirst = i % 2 == 0;
      var before = chainFirst ? throughChain(worker, timed) : plain.firstText();
      var after = chainFirst ? plain.firstText() : throughChain(worker, timed);
      if (i >= 0) {
        chainTimes.add(chainFirst ? before : after);
        plainTimes.add(chainFirst ? after : before);
      }
    }
    return new Result(chainTimes, plainTimes, second.requests());
  }

  private static Duration throughChain(LoneWorker worker, TimedModel timed) {
    var turn = worker.accept();
    var beginNanos = System.nanoTime();
    worker.serve(turn);
    return Duration.ofNanos(timed.firstNanos() - beginNanos);
  }
}
