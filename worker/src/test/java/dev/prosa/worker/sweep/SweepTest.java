package dev.prosa.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.OpenTurns;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.worker.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {

  private final Shop shop = new Shop();
  private final Sweep sweep = sweep(shop.database.open());

  private Sweep sweep(OpenTurns open) {
    shop.open = open;
    return new Sweep(shop.workplace().endings(), shop.queue, shop.time);
  }

  private List<String> bodies() {
    return shop.queue.receive(JobQueue.MAX_RECEIVE, Duration.ZERO).stream()
        .map(ReceivedPoke::body)
        .toList();
  }

  @Test
  void pokes_for_a_forgotten_turn_once() {
    var turn = shop.accepted("Hi");
    shop.time.pass(Duration.ofSeconds(16));

    sweep.run();
    sweep.run();

    assertThat(bodies()).containsExactly(new Poke(turn.job(), Shop.TRACE).toBody());
  }

  @Test
  void pokes_again_when_the_poke_was_lost_again() {
    shop.accepted("Hi");
    shop.time.pass(Duration.ofSeconds(16));
    sweep.run();

    shop.time.pass(Duration.ofSeconds(61));
    sweep.run();

    assertThat(shop.queue.size()).isEqualTo(2);
  }

  @Test
  void leaves_a_turn_alone_that_is_held() {
    shop.claimed(shop.accepted("Hi").job());
    shop.time.pass(Duration.ofSeconds(29));

    sweep.run();

    assertThat(shop.queue.size()).isZero();
  }

  @Test
  void pokes_for_a_turn_whose_worker_died() {
    shop.claimed(shop.accepted("Hi").job());
    shop.time.pass(Duration.ofSeconds(31));

    sweep.run();

    assertThat(shop.queue.size()).isEqualTo(1);
  }

  @Test
  void fails_a_turn_past_its_deadline_and_tells_everybody() {
    var turn = shop.accepted("Hi");
    shop.time.pass(Duration.ofMinutes(10));

    sweep.run();

    assertThat(shop.found(turn).state())
        .isEqualTo(new TurnState.Failed(FailureCode.DEADLINE_EXCEEDED, null));
    assertThat(shop.events()).containsExactly("job.failed");
    assertThat(shop.queue.deadLetters()).singleElement().matches(l -> l.attempts() == 0);
    assertThat(shop.queue.size()).isZero();
  }

  @Test
  void looks_at_a_turn_again_when_its_deadline_comes_before_the_next_poke() {
    var turn = shop.accepted("Hi");
    shop.time.pass(Duration.ofMinutes(9).plusSeconds(30));
    sweep.run();

    shop.time.pass(Duration.ofSeconds(31));
    sweep.run();

    assertThat(shop.found(turn).state()).isInstanceOf(TurnState.Failed.class);
  }

  @Test
  void sends_the_dead_letter_that_a_dying_worker_left_unsent() {
    var failed = new TurnState.Failed(FailureCode.PROVIDER_REJECTED, "p");
    shop.database.turns().finish(shop.claimed(shop.accepted("Hi").job()), failed);
    shop.time.pass(Duration.ofSeconds(16));

    sweep.run();
    sweep.run();

    assertThat(shop.queue.deadLetters())
        .singleElement()
        .matches(l -> l.errorCode().equals("provider_rejected") && l.attempts() == 1);
    assertThat(shop.events()).containsExactly("job.failed");
  }

  @Test
  void leaves_a_turn_alone_that_ended_since_the_index_was_read() {
    var turn = shop.accepted("Hi");
    shop.database.turns().finish(turn, new TurnState.Cancelled(""));
    var behind = new Fixed(List.of(turn.job(), turn.job().next()));
    var late = sweep(behind);
    late.run();

    assertThat(shop.queue.size()).isZero();
    assertThat(shop.events()).isEmpty();
  }

  @Test
  void goes_on_behind_a_turn_that_cannot_be_looked_at() {
    var broken = shop.accepted("broken");
    var turn = shop.accepted("Hi");
    OpenTurns failing =
        new Fixed(List.of(broken.job(), turn.job())) {
          @Override
          public boolean postpone(JobId job, Instant until) {
            if (job.equals(broken.job())) {
              throw new IllegalStateException("a defect");
            }
            return true;
          }
        };
    var late = sweep(failing);
    late.run();

    assertThat(bodies()).containsExactly(Shop.poke(turn).toBody());
  }

  /// An index that is behind the table.
  private static class Fixed implements OpenTurns {
    private final List<JobId> jobs;

    Fixed(List<JobId> jobs) {
      this.jobs = jobs;
    }

    @Override
    public List<JobId> overdue(int limit) {
      return jobs;
    }

    @Override
    public boolean postpone(JobId job, Instant until) {
      return true;
    }

    @Override
    public Glance glance() {
      throw new IllegalStateException("a sweep looks at what is overdue");
    }

    @Override
    public void settle(Turn failed) {
      throw new IllegalStateException("nothing here has failed");
    }
  }
}
