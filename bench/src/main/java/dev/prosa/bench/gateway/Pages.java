package dev.prosa.bench.gateway;

import dev.prosa.core.connection.TicketOffice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Many pages whose job is open, at a gateway that may be killed. Any thread may ask, but for what
/// a page asks.
final class Pages implements Ears, AutoCloseable {

  /// Pages that connect at once at the beginning; later they come when they like.
  private static final int ARRIVING = 32;

  private static final Duration ARRIVAL = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(2);

  /// Requests for a ticket that are served at once.
  private static final int DESKS = 8;

  private final LoadClient client;
  private final TicketOffice tickets;
  private final List<Page> pages;
  private final Random random = new Random(1);
  private final ExecutorService desk = Executors.newFixedThreadPool(DESKS);
  private final AtomicInteger greeted = new AtomicInteger();
  private final BitSet done = new BitSet();
  private final Latencies times = new Latencies();
  private volatile int port;
  private volatile long killedNanos;

  Pages(LoadClient client, TicketOffice tickets, List<OpenJob> jobs) {
    this.client = client;
    this.tickets = tickets;
    this.pages = jobs.stream().map(job -> new Page(this, job)).toList();
  }

  /// Opens every page at the gateway on `first`.
  ///
  /// @throws IllegalStateException when they cannot all connect
  void open(int first) throws InterruptedException {
    port = first;
    var end = System.nanoTime() + ARRIVAL.toNanos();
    for (var i = 0; i < pages.size(); i++) {
      client.execute(pages.get(i)::open);
      while (i - greeted.get() >= ARRIVING && System.nanoTime() < end) {
        Thread.sleep(PAUSE);
      }
    }
    while (greeted.get() < pages.size() && System.nanoTime() < end) {
      client.check();
      Thread.sleep(PAUSE);
    }
    if (greeted.get() < pages.size()) {
      throw new IllegalStateException(
          "the gateway let in %d of %d pages".formatted(greeted.get(), pages.size()));
    }
  }

  /// The gateway is being killed; a load balancer brings pages to another one from now on.
  void move(int other) {
    port = other;
    killedNanos = System.nanoTime();
  }

  /// Waits until every page has its text.
  ///
  /// @return the times from the move until they had it; fewer when some have none
  Latencies awaitDone(Duration patience) throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    while (times.count() < pages.size() && System.nanoTime() < end) {
      client.check();
      Thread.sleep(PAUSE);
    }
    return times;
  }

  @Override
  public void opened(LoadSocket socket) {
    // a page speaks when the gateway has said that it is ready
  }

  @Override
  public void heard(LoadSocket socket, ByteBuffer text) {
    pages.get(socket.number()).heard(socket, text);
  }

  @Override
  public void closed(LoadSocket socket, int code) {
    pages.get(socket.number()).closed(socket, code);
  }

  /// A page may speak: it asks for what it missed, when there was something to miss.
  void ready(LoadSocket socket, OpenJob job) {
    greeted.incrementAndGet();
    socket.send(killedNanos == 0 ? "{\"type\":\"ping\"}" : job.resume());
  }

  /// A page has its text. Only the thread of the client says so.
  void done(int number) {
    if (!done.get(number)) {
      done.set(number);
      times.add(System.nanoTime() - killedNanos);
    }
  }

  LoadClient client() {
    return client;
  }

  TicketOffice tickets() {
    return tickets;
  }

  Executor desk() {
    return desk;
  }

  int port() {
    return port;
  }

  double random() {
    return random.nextDouble();
  }

  @Override
  public void close() {
    desk.shutdownNow();
  }
}
