package dev.prosa.local;

import dev.prosa.core.runtime.Lifecycle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the chat when the process is told to, also in the middle of its start: a server that is
/// just being started is waited for, so that it does not stay behind. When that takes too long, the
/// processes that were started are ended where they are.
final class StopOnSignal implements Runnable {

  private static final int START_SECONDS = 15;

  private final Lifecycle lifecycle;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile boolean failed;
  private volatile boolean stopping;

  StopOnSignal(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /// The start is over.
  ///
  /// @param failed whether it failed; then nothing is left to stop, and nothing to say
  void startEnded(boolean failed) {
    this.failed = failed;
    settled.countDown();
  }

  /// Whether the process was told to end; a start that fails from then on fails for that reason.
  boolean isStopping() {
    return stopping;
  }

  @Override
  public void run() {
    if (failed) {
      return;
    }
    stopping = true;
    Console.say("stopping: giving open turns back");
    lifecycle.close();
    try {
      if (settled.await(START_SECONDS, TimeUnit.SECONDS)) {
        Console.say("stopped; nothing accepted was lost");
      } else {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        Console.say("stopped in the middle of the start; the next one cleans up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
