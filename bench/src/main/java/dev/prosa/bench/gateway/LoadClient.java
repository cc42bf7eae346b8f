package dev.prosa.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Thousands of sockets on one thread. Thread-safe, but for what says otherwise.
final class LoadClient implements AutoCloseable {

  /// Larger than any frame that is sent here, with room for what comes behind it.
  private static final int BUFFER = 512 * 1024;

  /// Without a timer it looks up so often.
  private static final long IDLE_MILLIS = 1_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final Thread thread;
  private volatile boolean ended;
  private volatile @Nullable Throwable failure;

  private record Timer(long atNanos, Runnable task) {}

  private LoadClient(Selector selector) {
    this.selector = selector;
    this.thread = Thread.ofPlatform().daemon().name("load").unstarted(this::run);
  }

  static LoadClient start() {
    try {
      var client = new LoadClient(Selector.open());
      client.thread.start();
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a selector", e);
    }
  }

  /// Runs a task on its thread, soon.
  void execute(Runnable task) {
    tasks.add(task);
    if (!Thread.currentThread().equals(thread)) {
      selector.wakeup();
    }
  }

  /// Runs a task on its thread, later. Only its thread may ask for it.
  void after(Duration wait, Runnable task) {
    timers.add(new Timer(System.nanoTime() + wait.toNanos(), task));
  }

  /// Opens a socket. Only its thread may ask for it; see [LoadSocket#connect].
  LoadSocket open(Dial dial, Ears ears, int number, int receiveBuffer) {
    return LoadSocket.connect(selector, dial, ears, number, receiveBuffer);
  }

  /// Stops reading from a socket, or goes on. Only its thread may ask for it.
  void read(LoadSocket socket, boolean reading) {
    socket.read(selector, reading);
  }

  /// @throws IllegalStateException when its thread has failed
  void check() {
    var cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the load program failed", cause);
    }
  }

  private void run() {
    try {
      while (!ended) {
        selector.select(this::ready, untilNextMillis());
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        runTimers();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      failure = e;
    }
  }

  private void ready(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof LoadSocket socket) {
      socket.ready(key, buffer);
    }
  }

  private long untilNextMillis() {
    var next = timers.peek();
    if (next == null) {
      return IDLE_MILLIS;
    }
    return Math.clamp((next.atNanos() - System.nanoTime()) / NANOS_PER_MILLI + 1, 1, IDLE_MILLIS);
  }

  private void runTimers() {
    var now = System.nanoTime();
    for (var next = timers.peek();
        next != null && next.atNanos() - now <= 0;
        next = timers.peek()) {
      timers.remove();
      next.task().run();
    }
  }

  /// Drops every socket; their ears hear nothing of it.
  @Override
  public void close() {
    ended = true;
    selector.wakeup();
    try {
      thread.join();
      for (var key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a socket", e);
    }
  }
}
