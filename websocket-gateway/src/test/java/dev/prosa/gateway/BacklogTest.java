package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private final Backlog backlog = new Backlog(100);

  @Test
  void takes_frames_until_the_limit_is_reached() {
    assertThat(backlog.add(60)).isTrue();
    assertThat(backlog.add(40)).isTrue();

    assertThat(backlog.add(1)).isFalse();
  }

  @Test
  void takes_a_frame_that_is_larger_than_the_limit_while_there_is_room() {
    assertThat(backlog.add(5000)).isTrue();
    assertThat(backlog.add(1)).isFalse();

    backlog.drained(4950);

    assertThat(backlog.add(1)).isTrue();
  }

  @Test
  void forgets_what_was_written_without_having_been_added() {
    backlog.drained(1000);
    backlog.add(100);

    assertThat(backlog.add(1)).isFalse();
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
