package dev.prosa.worker.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.prosa.core.reply.PublishOutcome;
import dev.prosa.core.reply.ReplyEvent.ReplyStarted;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescingWriterTest {

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final PublishOutcome PUBLISHED = new PublishOutcome.Published(1);
  private static final String WAVE = "👋";
  private static final String HIGH = WAVE.substring(0, 1);
  private static final String LOW = WAVE.substring(1);

  private final Shop shop = new Shop();
  private final Turn turn = shop.claimed(shop.accepted("Hi").job());
  private final RecordingChannel channel = new RecordingChannel();
  private final AtomicInteger fenced = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Clockwork clockwork = Clockwork.of(shop.time);
  private ReplyWriter writer =
      ReplyWriter.open(new RecordingChannel(), turn, "m-1", clockwork, () -> {});

  private void open() {
    writer.close();
    writer = ReplyWriter.open(channel, turn, "m-1", clockwork, fenced::incrementAndGet);
  }

  @AfterEach
  void close() {
    gate.countDown();
    writer.close();
  }

  private void awaitDeltas(String... deltas) {
    await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(channel.deltas()).containsExactly(deltas));
  }

  @Test
  void announces_the_attempt() {
    open();

    await().atMost(BOUND).until(() -> !channel.events().isEmpty());

    assertThat(channel.events()).containsExactly(ReplyStarted.of(turn, "m-1"));
  }

  @Test
  void brings_the_first_text_at_once() {
    open();

    writer.append("H");

    awaitDeltas("0:H");
  }

  @Test
  void brings_later_text_in_one_piece() {
    channel.answers(PUBLISHED).waitsFor(gate);
    open();
    writer.append("H");
    awaitDeltas("0:H");

    for (int i = 0; i < 200; i++) {
      writer.append("x");
    }
    gate.countDown();

    awaitDeltas("0:H", "1:" + "x".repeat(200));
  }

  @Test
  void brings_little_text_after_a_moment() {
    open();
    writer.append("H");
    awaitDeltas("0:H");

    var begun = System.nanoTime();
    writer.append("e");

    awaitDeltas("0:H", "1:e");
    assertThat(Duration.ofNanos(channel.lastAt() - begun)).isGreaterThan(Duration.ofMillis(25));
  }

  @Test
  void takes_text_while_the_channel_hangs() {
    channel.waitsFor(gate);
    open();

    for (int i = 0; i < 1_000; i++) {
      writer.append("x");
    }

    assertThat(writer.text()).hasSize(1_000);
    assertThat(channel.deltas()).isEmpty();
  }

  @Test
  void never_splits_a_surrogate_pair() {
    open();
    writer.append("a" + HIGH);
    awaitDeltas("0:a");

    writer.append(LOW);

    awaitDeltas("0:a", "1:" + WAVE);
    assertThat(writer.text()).isEqualTo("a" + WAVE);
  }

  @Test
  void replaces_half_a_pair_that_nothing_completes() {
    open();

    writer.append(LOW + "a" + HIGH);
    writer.append("b" + HIGH);

    assertThat(writer.text()).isEqualTo("\uFFFDa\uFFFDb\uFFFD");
  }

  @Test
  void repeats_what_the_channel_lost() {
    channel.answers(PUBLISHED).answers(PUBLISHED).answers(new PublishOutcome.Gap(1));
    open();
    writer.append("Hel");
    awaitDeltas("0:Hel");

    writer.append("lo");

    awaitDeltas("0:Hel", "3:lo", "1:ello");
    writer.append("!");
    awaitDeltas("0:Hel", "3:lo", "1:ello", "5:!");
  }

  @Test
  void stops_when_somebody_else_answers() {
    channel.answers(PUBLISHED).answers(new PublishOutcome.Fenced());
    open();
    writer.append("Hel");
    await().atMost(BOUND).until(() -> fenced.get() == 1);

    writer.append("x".repeat(200));

    await()
        .during(Duration.ofMillis(100))
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(channel.deltas()).containsExactly("0:Hel"));
  }

  @Test
  void stops_when_somebody_else_answers_while_it_repeats() {
    channel
        .answers(PUBLISHED)
        .answers(new PublishOutcome.Gap(0))
        .answers(new PublishOutcome.Fenced());
    open();
    writer.append("Hel");

    await().atMost(BOUND).until(() -> fenced.get() == 1);
  }

  @Test
  void stops_before_the_first_text_when_somebody_else_answers() {
    channel.answers(new PublishOutcome.Fenced());
    open();

    await().atMost(BOUND).until(() -> fenced.get() == 1);
  }

  @Test
  void goes_on_while_the_channel_is_away() {
    channel.isAway().isAway();
    open();
    writer.append("Hel");
    awaitDeltas("0:Hel");

    writer.append("lo");

    awaitDeltas("0:Hel", "3:lo");
  }

  @Test
  void brings_nothing_after_it_was_closed() {
    channel.waitsFor(gate);
    open();
    await().atMost(BOUND).until(() -> !channel.events().isEmpty());
    writer.append("Hel");

    writer.close();
    gate.countDown();

    await()
        .during(Duration.ofMillis(100))
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(channel.deltas()).isEmpty());
    assertThat(writer.text()).isEqualTo("Hel");
  }

  @Test
  void refuses_text_that_the_store_cannot_hold() {
    open();
    writer.append("é".repeat(Reply.MAX_BYTES / 2));

    assertThatThrownBy(() -> writer.append("x")).isInstanceOf(ReplyTooLongException.class);

    assertThat(writer.text()).isEqualTo("é".repeat(Reply.MAX_BYTES / 2));
  }
}
