package dev.prosa.bench.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks the whole time whether a client that behaves is served: it pings, while its reply is being
/// written. It comes back when it was closed, so that one fault counts once.
final class Watch {

  /// Fewer than the 100 messages that the gateway allows in a minute.
  private static final long EVERY_MILLIS = 700;

  private final FuzzTarget target;
  private final Tally tally;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private Duration longest = Duration.ZERO;
  private long pings;

  private Watch(FuzzTarget target, Tally tally) {
    this.target = target;
    this.tally = tally;
    this.thread = Thread.ofPlatform().daemon().name("witness").unstarted(this::look);
  }

  static Watch begin(FuzzTarget target, Tally tally) {
    var watch = new Watch(target, tally);
    watch.thread.start();
    return watch;
  }

  private void look() {
    while (over.getCount() > 0) {
      try (var witness = Witness.connect(FuzzTarget.VICTIM, target.port())) {
        pingUntilOver(witness);
        if (witness.heard() == 0) {
          tally.violation("the witness heard nothing of its reply");
        }
      } catch (IOException e) {
        tally.violation("the witness was not served: " + e.getMessage());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void pingUntilOver(Witness witness) throws IOException, InterruptedException {
    do {
      target.publish();
      var time = witness.ping();
      pings++;
      if (time.compareTo(longest) > 0) {
        longest = time;
      }
    } while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
  }

  /// The longest that a pong took; known after [#end].
  Duration longestPong() {
    return longest;
  }

  /// How many pings were answered; known after [#end].
  long pings() {
    return pings;
  }

  /// Ends after what it is doing now.
  void end() throws InterruptedException {
    over.countDown();
    thread.join();
  }
}
