package dev.prosa.worker.consume;

import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.worker.process.PokeHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A permit is taken before a message is received, so that none waits here hidden from workers that
/// have time. Each message is served on a virtual thread.
final class PokeConsumer implements Consumption {

  private static final Logger LOG = LoggerFactory.getLogger(PokeConsumer.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration UNTIL_NEXT_LOOK = Duration.ofMillis(100);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final JobQueue queue;
  private final MessageHandler messages;
  private final PokeHandler handler;
  private final int capacity;
  private final Duration pollWait;
  private final Semaphore permits;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch polled = new CountDownLatch(1);

  PokeConsumer(JobQueue queue, PokeHandler handler, int capacity, Duration pollWait) {
    this.queue = queue;
    this.messages = new MessageHandler(queue, handler);
    this.handler = handler;
    this.capacity = capacity;
    this.pollWait = pollWait;
    this.permits = new Semaphore(capacity);
  }

  void start() {
    Thread.ofPlatform().name("poll").start(this::pollUntilClosed);
  }

  private void pollUntilClosed() {
    try {
      while (!isClosing()) {
        poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      polled.countDown();
    }
  }

  private void poll() throws InterruptedException {
    var room = handler.room();
    if (room < 1) {
      // what is not received burns no receive count, and another worker may have a provider
      pause(UNTIL_NEXT_LOOK);
      return;
    }
    var taken = takePermits(Math.min(room, JobQueue.MAX_RECEIVE));
    var received = 0;
    try {
      var messages = queue.receive(taken, pollWait);
      received = messages.size();
      messages.forEach(this::begin);
    } catch (RuntimeException e) {
      LOG.warn("cannot receive; trying again in {} s", PAUSE.toSeconds(), e);
      pause(PAUSE);
    } finally {
      permits.release(taken - received);
    }
  }

  private int takePermits(int most) throws InterruptedException {
    permits.acquire();
    var taken = 1;
    while (taken < most && permits.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  private void pause(Duration length) throws InterruptedException {
    if (closing.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("closing");
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void begin(ReceivedPoke message) {
    Thread.ofVirtual()
        .name("serve")
        .start(() -> {
          try {
            serve(message);
          } finally {
            permits.release();
          }
        });
  }

  private void serve(ReceivedPoke message) {
    if (isClosing()) {
      messages.giveBack(message);
    } else {
      messages.handle(message);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    handler.drain();
    try {
      // a poll that is cut off may still take a message, so it is waited for
      var inTime =
          polled.await(pollWait.plus(PAUSE).toMillis(), TimeUnit.MILLISECONDS)
              && permits.tryAcquire(capacity, DRAIN.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        LOG.warn("some turns were not given back in time; their leases run out by themselves");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
