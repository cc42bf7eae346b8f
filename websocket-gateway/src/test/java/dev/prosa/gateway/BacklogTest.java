package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private final Backlog backlog = new Backlog(100);

  @Test
  void is_full_when_the_limit_is_reached() {
    backlog.add(60);
    assertThat(backlog.isFull()).isFalse();

    backlog.add(40);
    assertThat(backlog.isFull()).isTrue();

    backlog.drained(1);
    assertThat(backlog.isFull()).isFalse();
  }

  @Test
  void takes_a_frame_that_is_larger_than_the_limit() {
    backlog.add(5000);

    backlog.drained(4901);

    assertThat(backlog.bytes()).isEqualTo(99);
    assertThat(backlog.isFull()).isFalse();
  }

  @Test
  void forgets_what_was_written_without_having_been_added() {
    backlog.drained(1000);
    backlog.add(100);

    assertThat(backlog.isFull()).isTrue();
  }

  @Test
  void has_room_when_half_of_the_limit_is_free() {
    backlog.add(51);
    assertThat(backlog.awaitRoom(Duration.ZERO)).isFalse();

    backlog.drained(1);

    assertThat(backlog.awaitRoom(Duration.ZERO)).isTrue();
  }

  @Test
  void wakes_who_waits_for_room() {
    backlog.add(100);
    var waiter = CompletableFuture.supplyAsync(() -> backlog.awaitRoom(Duration.ofMinutes(1)));

    backlog.drained(100);

    assertThat(waiter.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
  }

  @Test
  void sends_who_waits_away_when_the_connection_ends() {
    backlog.add(100);
    var waiter = CompletableFuture.supplyAsync(() -> backlog.awaitRoom(Duration.ofMinutes(1)));

    backlog.end();

    assertThat(waiter.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
  }
}
