package dev.prosa.bench.providers;

import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How soon a provider sees its connection closed when an answer is cancelled; one at a time.
///
/// @param midStream how many are cancelled while text comes
/// @param beforeText how many are cancelled before any came: half of them before the head of the
///   response, half after it
/// @param clock the time
public record Cancels(int midStream, int beforeText, InstantSource clock) {

  /// A connection that is open for longer counts as left open.
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration GAP = Duration.ofMillis(20);

  /// Longer than any sound answer takes to begin, also on a machine that does much else.
  private static final Duration BEGIN = Duration.ofSeconds(30);

  /// What was seen.
  ///
  /// @param midStream times of those cancelled while text came
  /// @param beforeText times of those cancelled before
  /// @param leftOpen connections that did not end within [#PATIENCE]
  /// @param notCancelled turns that are not CANCELLED in the end
  public record Result(
      List<Duration> midStream, List<Duration> beforeText, int leftOpen, int notCancelled) {

    public Result {
      midStream = List.copyOf(midStream);
      beforeText = List.copyOf(beforeText);
    }
  }

  /// Cancels answers on a worker in this process.
  public Result run() throws InterruptedException {
    var streaming = new Tally();
    streaming.run(Cancels::streamForEver, Moment.TEXT, midStream, clock);
    var silent = new Tally();
    silent.run(_ -> {}, Moment.REQUEST, beforeText / 2, clock);
    silent.run(LoopbackReply::begin, Moment.REQUEST, beforeText - beforeText / 2, clock);
    return new Result(
        streaming.times,
        silent.times,
        streaming.leftOpen + silent.leftOpen,
        streaming.notCancelled + silent.notCancelled);
  }

  private static void streamForEver(LoopbackReply reply) throws IOException, InterruptedException {
    reply.begin();
    while (true) {
      reply.say("word ");
      Thread.sleep(GAP);
    }
  }

  /// What an answer has come to when it is cancelled.
  private enum Moment {
    /// The provider has the request.
    REQUEST,
    /// Text has been heard.
    TEXT
  }

  /// Cancels of one kind. Used by one thread.
  private static final class Tally {
    private final List<Duration> times = new ArrayList<>();
    private int leftOpen;
    private int notCancelled;

    void run(LoopbackProvider.Behaviour behaviour, Moment moment, int count, InstantSource clock)
        throws InterruptedException {
      var asked = new Semaphore(0);
      LoopbackProvider.Behaviour telling =
          reply -> {
            asked.release();
            behaviour.answer(reply);
          };
      try (var provider = LoopbackProvider.start(telling)) {
        var model = LoneWorker.model("bench", provider.uri(), clock);
        var worker = new LoneWorker(List.of(model), 1, clock);
        for (var i = 0; i < count; i++) {
          // the pause lets it come anywhere between two pieces of text
          var pause = Duration.ofMillis(1 + i % GAP.toMillis());
          serveAndCancel(worker, provider, moment == Moment.TEXT ? worker.texts() : asked, pause);
          asked.drainPermits();
          worker.texts().drainPermits();
        }
      }
    }

    private void serveAndCancel(
        LoneWorker worker, LoopbackProvider provider, Semaphore begun, Duration pause)
        throws InterruptedException {
      var turn = worker.accept();
      var serving = Thread.ofVirtual().start(() -> worker.serve(turn));
      if (!begun.tryAcquire(BEGIN.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("no answer had begun after " + BEGIN.toSeconds() + " s");
      }
      Thread.sleep(pause);
      note(cancel(worker, provider, turn));
      serving.join();
      notCancelled += worker.state(turn) instanceof TurnState.Cancelled ? 0 : 1;
    }

    private static @Nullable Duration cancel(
        LoneWorker worker, LoopbackProvider provider, Turn turn) throws InterruptedException {
      provider.forgetClosings();
      var beginNanos = System.nanoTime();
      worker.cancel(turn);
      var end = provider.nextClosing(PATIENCE);
      return end == null ? null : Duration.ofNanos(end - beginNanos);
    }

    private void note(@Nullable Duration time) {
      if (time == null) {
        leftOpen++;
      } else {
        times.add(time);
      }
    }
  }
}
