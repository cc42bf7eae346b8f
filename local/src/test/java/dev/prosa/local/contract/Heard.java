package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.turn.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Remembers what arrived. Thread-safe.
final class Heard implements ReplyChannel.Listener {

  private static final Duration BOUND = Duration.ofSeconds(20);

  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final List<JobId> stops = new CopyOnWriteArrayList<>();

  record Frame(OwnerId owner, String json) {}

  @Override
  public void onFrame(OwnerId owner, String frame, @Nullable Instant sentAt) {
    frames.add(new Frame(owner, frame));
  }

  void stop(JobId job) {
    stops.add(job);
  }

  /// Waits until exactly these frames have arrived.
  void awaitOf(OwnerId owner, String... json) {
    var expected = List.of(json).stream().map(j -> new Frame(owner, j)).toList();
    await().atMost(BOUND).untilAsserted(() -> assertThat(frames).isEqualTo(expected));
  }

  void awaitStops(JobId... jobs) {
    await().atMost(BOUND).untilAsserted(() -> assertThat(stops).containsExactly(jobs));
  }

  int count() {
    return frames.size();
  }

  void hasNothing() {
    assertThat(frames).isEmpty();
  }
}
