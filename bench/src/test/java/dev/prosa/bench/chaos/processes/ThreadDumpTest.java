package dev.prosa.bench.chaos.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadDumpTest {

  @Test
  void counts_the_threads_that_work_for_somebody() {
    var names =
        ThreadDump.names(
            List.of(
                "20484",
                "#1 \"main\" WAITING 2026-11-21T09:00:00Z",
                "#40 \"serve\" virtual WAITING 2026-11-21T09:00:00Z",
                "      java.base/java.lang.Thread.run(Thread.java:1)",
                "#41 \"guard-j_a_1\" virtual WAITING 2026-11-21T09:00:00Z"));

    assertThat(names).containsExactly("main", "serve", "guard-j_a_1");
    assertThat(new ThreadDump(names).busy()).isEqualTo(2);
  }

  @Test
  void does_not_take_blindness_for_silence() {
    assertThat(new ThreadDump(List.of()).busy()).isNegative();
  }
}
