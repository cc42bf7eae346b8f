package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final ArrayDeque<Runnable> threads = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final Inbox inbox = new Inbox(threads::add);

  @Test
  void does_one_thing_after_the_other_on_one_thread() {
    inbox.offer(() -> done.add("first"));
    inbox.offer(() -> done.add("second"));

    assertThat(threads).hasSize(1);
    runNextThread();

    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void takes_another_thread_when_there_is_something_to_do_again() {
    inbox.offer(() -> done.add("first"));
    runNextThread();

    inbox.offer(() -> done.add("second"));
    runNextThread();

    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void refuses_what_does_not_fit() {
    IntStream.range(0, Inbox.CAPACITY).forEach(_ -> inbox.offer(() -> done.add("waits")));

    assertThat(inbox.offer(() -> done.add("too much"))).isFalse();
  }

  @Test
  void goes_on_after_a_failure() {
    inbox.offer(() -> {
      throw new IllegalStateException("a bug");
    });
    inbox.offer(() -> done.add("next"));

    runNextThread();

    assertThat(done).containsExactly("next");
  }

  @Test
  void does_one_last_thing_and_nothing_more() {
    inbox.offer(() -> done.add("waits"));

    inbox.finish(() -> done.add("last"));
    inbox.finish(() -> done.add("again"));

    assertThat(inbox.offer(() -> done.add("late"))).isTrue();
    runNextThread();
    assertThat(done).containsExactly("last");
  }

  private void runNextThread() {
    Objects.requireNonNull(threads.poll()).run();
  }
}
