package dev.prosa.local.contract;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lets many threads do the same thing at once.
final class Race {

  private static final int RUNNERS = 20;

  private Race() {}

  /// What each of 20 threads got that began together.
  static <T> List<T> run(Supplier<T> run) throws InterruptedException {
    return run(RUNNERS, run);
  }

  /// What each of so many threads got that began together.
  static <T> List<T> run(int runners, Supplier<T> run) throws InterruptedException {
    var line = new CyclicBarrier(runners);
    Callable<T> runner =
        () -> {
          line.await();
          return run.get();
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(Stream.generate(() -> runner).limit(runners).toList()).stream()
          .map(Future::resultNow)
          .toList();
    }
  }
}
