package dev.prosa.bench.providers;

import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// The worker of [ManyStreams], in a JVM of its own.
public final class StreamsMain {

  private StreamsMain() {}

  /// Answers many conversations at the same time and says what came of it.
  ///
  /// @param args the URL of the provider, how many conversations, and the text that each reply has
  public static void main(String[] args) {
    var clock = InstantSource.system();
    var count = Integer.parseInt(args[1]);
    var model = LoneWorker.model("bench", URI.create(args[0]), clock);
    var worker = new LoneWorker(List.of(model), count, clock);
    var turns = Stream.generate(worker::accept).limit(count).toList();
    var beginNanos = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      turns.forEach(turn -> threads.execute(() -> worker.serve(turn)));
    }
    var time = Duration.ofNanos(System.nanoTime() - beginNanos);
    var completed = turns.stream().filter(turn -> isWhole(worker, turn, args[2])).count();
    say(new ManyStreams.Said(completed, time.toMillis(), Footprint.own()));
  }

  private static boolean isWhole(LoneWorker worker, Turn turn, String text) {
    return worker.state(turn) instanceof TurnState.Completed(var reply)
        && reply.content().equals(text);
  }

  @SuppressWarnings("SystemOut") // speaks to the process that started it
  private static void say(ManyStreams.Said said) {
    System.out.println(said.line());
  }
}
