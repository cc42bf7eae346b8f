package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.connection.Grant;
import dev.prosa.core.identity.OwnerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {

  private final RecordingWire wire = new RecordingWire();
  private final Session session = new Session(wire, Runnable::run, new ManualTime());

  @BeforeEach
  void welcome() {
    session.welcome("ready");
  }

  @Test
  void a_live_frame_does_not_overtake_an_answer() {
    var kept =
        session.answering(() -> {
          deliver("live 1");
          deliver("live 2");
          session.send("answer");
        });

    deliver("live 3");

    assertThat(kept).isTrue();
    assertThat(wire.frames).containsExactly("ready", "answer", "live 1", "live 2", "live 3");
  }

  @Test
  void live_frames_go_on_after_an_answer_that_failed() {
    assertThatThrownBy(() ->
            session.answering(() -> {
              deliver("live");
              throw new IllegalStateException("a defect");
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(wire.frames).containsExactly("ready", "live");
  }

  @Test
  void a_live_frame_that_comes_as_soon_as_the_welcome_is_read_is_not_lost()
      throws InterruptedException {
    var reader = new QuickReader();
    var late = new Session(reader, Runnable::run, new ManualTime());
    reader.then(() -> late.deliver("live".getBytes(StandardCharsets.UTF_8)));

    late.welcome("ready, late");
    reader.other.join();

    assertThat(reader.frames).containsExactly("ready, late", "live");
  }

  @Test
  void only_so_much_waits_for_an_answer() {
    var half = "x".repeat(LiveFrames.MAX_HELD_BYTES / 2);

    session.answering(() -> {
      assertThat(deliver(half)).isTrue();
      assertThat(deliver(half)).isTrue();
      assertThat(deliver("x")).isFalse();
    });
  }

  @Test
  void the_welcome_comes_before_the_news_that_the_token_ends() {
    var late = new Session(wire, Runnable::run, new ManualTime());
    var grant = new Grant(new OwnerId("ann"), Instant.EPOCH, Instant.EPOCH);
    late.admit(grant);

    late.warn(grant, Instant.EPOCH);
    late.welcome("ready, late");
    late.warn(grant, Instant.EPOCH);

    assertThat(wire.frames).hasSize(3).startsWith("ready", "ready, late");
    assertThat(wire.frames.getLast()).contains("auth.expiring");
  }

  private boolean deliver(String frame) {
    return session.deliver(frame.getBytes(StandardCharsets.UTF_8));
  }

  /// Has something done by another thread as soon as it has read its first frame, and goes on when
  /// that is done or waits.
  private static final class QuickReader implements Wire {

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private Thread other = new Thread();

    void then(Runnable event) {
      other = new Thread(event);
    }

    @Override
    public boolean offer(byte[] utf8) {
      frames.add(new String(utf8, StandardCharsets.UTF_8));
      if (frames.size() == 1) {
        other.start();
        var busy = EnumSet.of(Thread.State.NEW, Thread.State.RUNNABLE);
        await().until(() -> !busy.contains(other.getState()));
      }
      return true;
    }

    @Override
    public boolean awaitRoom(Duration patience) {
      return true;
    }

    @Override
    public void close(CloseCode code) {}
  }
}
