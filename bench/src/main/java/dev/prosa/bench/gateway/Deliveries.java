package dev.prosa.bench.gateway;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Counts the deltas that reach sockets which shall hear every delta of their user, and how late
/// they are. Any thread may ask.
final class Deliveries implements Ears {

  /// A server of Java-WebSocket looks after a client's socket all the time until the client has
  /// sent something; a page sends something, too.
  private static final String FIRST_WORD = "{\"type\":\"ping\"}";

  private final boolean greeted;
  private final AtomicIntegerArray next;
  private final AtomicIntegerArray ready;
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger gaps = new AtomicInteger();
  private final AtomicInteger heard = new AtomicInteger();
  private volatile Window window = new Window(Long.MAX_VALUE, Long.MAX_VALUE, new Latencies());

  /// Which deltas are measured: those that are due from `from` until before `to`.
  private record Window(long from, long to, Latencies late) {}

  /// @param sockets how many there are; their numbers are below that
  /// @param greeted whether the server says something when a socket may be used
  Deliveries(int sockets, boolean greeted) {
    this.greeted = greeted;
    this.next = new AtomicIntegerArray(sockets);
    this.ready = new AtomicIntegerArray(sockets);
  }

  @Override
  public void opened(LoadSocket socket) {
    socket.send(FIRST_WORD);
    if (!greeted) {
      arrive(socket);
    }
  }

  private void arrive(LoadSocket socket) {
    if (ready.compareAndSet(socket.number(), 0, 1)) {
      arrived.incrementAndGet();
    }
  }

  @Override
  public void heard(LoadSocket socket, ByteBuffer text) {
    arrive(socket);
    var mark = Mark.find(text);
    if (mark != null) {
      note(socket.number(), mark, System.nanoTime());
    }
  }

  /// A delta that comes a second time is one that was published twice, and no harm.
  private void note(int socket, Mark mark, long now) {
    var expected = next.get(socket);
    if (mark.number() < expected) {
      return;
    }
    next.set(socket, mark.number() + 1);
    gaps.addAndGet(mark.number() - expected);
    heard.incrementAndGet();
    var current = window;
    if (mark.nanos() - current.from() >= 0 && mark.nanos() - current.to() < 0) {
      current.late().add(now - mark.nanos());
    }
  }

  @Override
  public void closed(LoadSocket socket, int code) {
    dropped.incrementAndGet();
  }

  /// How many sockets may be used, or might be before they were dropped.
  int arrived() {
    return arrived.get();
  }

  /// How many sockets have ended.
  int dropped() {
    return dropped.get();
  }

  /// How many deltas have come, each counted once a socket.
  int heard() {
    return heard.get();
  }

  /// Measures what is due from now on, into `late`.
  void measure(Latencies late) {
    var now = System.nanoTime();
    window = new Window(now, now + Long.MAX_VALUE / 2, late);
  }

  /// Measures nothing that is due from now on.
  void pause() {
    var current = window;
    window = new Window(current.from(), System.nanoTime(), current.late());
  }

  /// How many deltas have not come, each counted once a socket.
  ///
  /// @param sent how many each user was sent; the user of a socket is its number modulo their count
  int missing(List<JobStream> sent) {
    var missing = gaps.get();
    for (var socket = 0; socket < next.length(); socket++) {
      missing += Math.max(0, sent.get(socket % sent.size()).count() - next.get(socket));
    }
    return missing;
  }
}
