package dev.prosa.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KernelTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Kernel kernel = new Kernel();
  private final Proc proc = new Proc(kernel, "one", 1, Duration.ZERO);
  private final List<String> said = new ArrayList<>();

  private static Kernel.Task task() {
    return Objects.requireNonNull(Kernel.current());
  }

  private void say(String what) {
    said.add(kernel.nowNanos() / SECOND + " " + what);
  }

  @Test
  void runs_events_in_the_order_of_their_time() {
    kernel.after(2 * SECOND, null, () -> say("later"));
    kernel.after(SECOND, null, () -> say("sooner"));

    kernel.runUntil(10 * SECOND);

    assertThat(said).containsExactly("1 sooner", "2 later");
  }

  @Test
  void lets_tasks_take_turns() {
    for (var name : List.of("a", "b")) {
      proc.start(
          name,
          () -> {
            say(name);
            task().sleep(SECOND);
            say(name);
          });
    }

    kernel.runUntil(10 * SECOND);

    assertThat(said).containsExactly("0 a", "0 b", "1 a", "1 b");
  }

  @Test
  void ends_the_tasks_of_a_killed_process_where_they_are() {
    proc.start(
        "task",
        () -> {
          try {
            task().sleep(2 * SECOND);
            say("never");
          } finally {
            say("unwound");
          }
        });
    kernel.after(SECOND, null, () -> kernel.kill(proc));

    kernel.runUntil(10 * SECOND);

    assertThat(said).containsExactly("1 unwound");
    assertThat(proc.tasks()).isEmpty();
  }

  @Test
  void does_later_what_a_paused_process_should_do_now() {
    kernel.after(SECOND, proc, () -> say("done"));

    proc.pause(Duration.ofSeconds(5));
    kernel.runUntil(10 * SECOND);

    assertThat(said).containsExactly("5 done");
  }

  @Test
  void wakes_who_waits_for_a_bell() {
    var bell = proc.bell();
    proc.start(
        "waiting",
        () -> {
          try {
            bell.await(Long.MAX_VALUE);
            say("woken");
          } catch (InterruptedException e) {
            say("interrupted");
          }
        });
    kernel.after(3 * SECOND, null, bell::ring);

    kernel.runUntil(10 * SECOND);

    assertThat(said).containsExactly("3 woken");
  }

  @Test
  void keeps_what_nobody_caught() {
    proc.start(
        "task",
        () -> {
          throw new IllegalStateException("a defect");
        });

    kernel.runUntil(SECOND);

    assertThat(kernel.failures()).hasSize(1);
  }
}
