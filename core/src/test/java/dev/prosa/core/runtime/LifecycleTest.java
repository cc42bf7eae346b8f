package dev.prosa.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private final List<String> closed = new ArrayList<>();
  private final Lifecycle lifecycle = Lifecycle.create();

  private AutoCloseable resource(String name) {
    return () -> closed.add(name);
  }

  @Test
  void closes_the_newest_first() {
    lifecycle.own("a", resource("a"));
    lifecycle.own("b", resource("b"));
    lifecycle.own("c", resource("c"));

    lifecycle.close();

    assertThat(closed).containsExactly("c", "b", "a");
  }

  @Test
  void closes_once() {
    lifecycle.own("a", resource("a"));
    lifecycle.close();

    lifecycle.close();

    assertThat(closed).containsExactly("a");
  }

  @Test
  void hands_the_resource_back() {
    var resource = resource("a");

    assertThat(lifecycle.own("a", resource)).isSameAs(resource);
  }

  @Test
  void closes_the_rest_when_one_cannot_be_closed() {
    lifecycle.own("a", resource("a"));
    lifecycle.own(
        "b",
        () -> {
          throw new IllegalStateException("b does not close");
        });

    lifecycle.close();

    assertThat(closed).containsExactly("a");
  }

  @Test
  void closes_at_once_what_comes_too_late() {
    lifecycle.close();

    assertThatThrownBy(() -> lifecycle.own("late", resource("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("late");
    assertThat(closed).containsExactly("late");
  }
}
