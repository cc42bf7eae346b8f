package dev.prosa.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what one client asks for, one after the other, on a thread of its own while there is
/// something to do. Thread-safe.
final class Inbox {

  /// A client sends a few messages when it connects, then hardly any.
  static final int CAPACITY = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final Executor threads;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;
  private boolean finished;

  Inbox(Executor threads) {
    this.threads = threads;
  }

  /// Puts a task at the end; ignored after [#finish].
  ///
  /// @return false when too many wait
  synchronized boolean offer(Runnable task) {
    if (finished) {
      return true;
    }
    if (waiting.size() >= CAPACITY) {
      return false;
    }
    add(task);
    return true;
  }

  /// Forgets what waits, and does one last thing after what runs now. Only the first call counts.
  synchronized void finish(Runnable last) {
    if (!finished) {
      finished = true;
      waiting.clear();
      add(last);
    }
  }

  private synchronized void add(Runnable task) {
    waiting.add(task);
    if (!running) {
      running = true;
      threads.execute(this::work);
    }
  }

  private void work() {
    for (var task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a client's message was not handled; going on with its next one", e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    var task = waiting.poll();
    running = task != null;
    return task;
  }
}
