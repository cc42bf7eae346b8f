package dev.prosa.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// When a client heard what of one job, as [System#nanoTime].
///
/// @param firstText the first text
/// @param completed the whole reply
record Heard(CompletableFuture<Long> firstText, CompletableFuture<Long> completed) {

  private static final int MAX_SECONDS = 60;

  Heard() {
    this(new CompletableFuture<>(), new CompletableFuture<>());
  }

  /// The whole reply came. Text that was lost on its way is seen with it at the latest.
  void complete(long nanos) {
    firstText.complete(nanos);
    completed.complete(nanos);
  }

  /// No reply will come.
  void fail(String why) {
    firstText.completeExceptionally(new IllegalStateException(why));
    completed.completeExceptionally(new IllegalStateException(why));
  }

  long firstTextNanos() throws InterruptedException {
    return await(firstText);
  }

  long completedNanos() throws InterruptedException {
    return await(completed);
  }

  private static long await(CompletableFuture<Long> event) throws InterruptedException {
    try {
      return event.get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a reply was not heard within " + MAX_SECONDS + " s", e);
    }
  }

  /// When the whole reply came; null when it failed or did not come in time.
  @Nullable Long completedWithin(Duration limit) throws InterruptedException {
    try {
      return completed.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }
}
