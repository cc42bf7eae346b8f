package dev.prosa.bench.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Publishes deltas at a steady rate, each at its own time; when something stalls, those that were
/// due meanwhile follow at once, and count from when they were due. Thread-safe.
final class Publisher implements AutoCloseable {

  /// Calls under way at once. Two publishers and who else needs Redis share 32 connections.
  private static final int THREADS = 16;

  private static final int THREADS_OF_A_BURST = 8;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Executor THREAD_EACH =
      task -> Thread.ofPlatform().daemon().name("publish").start(task);

  private final List<JobStream> streams;
  private final double gapNanos;
  private final int threads;
  private final long beginNanos = System.nanoTime();
  private final AtomicInteger refused = new AtomicInteger();
  private final CompletableFuture<@Nullable Void> finished;
  private volatile long untilNanos;

  private Publisher(List<JobStream> streams, double perSecond, long lifeNanos, int threads) {
    this.threads = threads;
    this.streams = List.copyOf(streams);
    this.gapNanos = NANOS_PER_SECOND / perSecond;
    this.untilNanos = beginNanos + lifeNanos;
    this.finished =
        CompletableFuture.allOf(
            IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.runAsync(() -> run(i), THREAD_EACH))
                .toArray(CompletableFuture<?>[]::new));
  }

  /// Begins to publish until it is closed.
  ///
  /// @param streams each gets a delta in turn
  /// @param perSecond deltas in all
  static Publisher start(List<JobStream> streams, double perSecond) {
    return new Publisher(streams, perSecond, Long.MAX_VALUE / 2, THREADS);
  }

  /// Gives every stream so many deltas and returns.
  static void publish(List<JobStream> streams, int each, double perSecond) {
    var life = (long) (NANOS_PER_SECOND / perSecond * streams.size() * each);
    new Publisher(streams, perSecond, life, THREADS_OF_A_BURST).finished.join();
  }

  /// How many deltas Redis did not take in time; each was tried again as the next one.
  int refused() {
    return refused.get();
  }

  /// A stream stays with one thread, so that its deltas stay in order.
  private void run(int thread) {
    for (var round = 0L; ; round++) {
      for (var i = thread; i < streams.size(); i += threads) {
        var due = beginNanos + (long) ((round * streams.size() + i) * gapNanos);
        if (due - untilNanos >= 0) {
          return;
        }
        await(due);
        if (!streams.get(i).publish(due)) {
          refused.incrementAndGet();
        }
      }
      if (thread >= streams.size()) {
        return;
      }
    }
  }

  private static void await(long dueNanos) {
    for (var wait = dueNanos - System.nanoTime(); wait > 0; wait = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }

  /// Publishes nothing that is due from now on; returns when all that was due has been published.
  ///
  /// @throws java.util.concurrent.CompletionException when a thread has failed
  void end() {
    untilNanos = System.nanoTime();
    finished.join();
  }

  @Override
  public void close() {
    end();
  }
}
