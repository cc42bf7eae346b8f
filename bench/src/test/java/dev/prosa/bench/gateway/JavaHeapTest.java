package dev.prosa.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaHeapTest {

  @Test
  void reads_the_heap_of_a_collector_with_regions() {
    var said =
        """
        4711:
        Command executed successfully
         garbage-first heap   total reserved 524288K, committed 65536K, used 8311K [0x1, 0x2)
          region size 1024K, 1 young (1024K), 0 survivors (0K)
         Metaspace       used 9000K, committed 9300K, reserved 1114112K
          class space    used 1000K, committed 1100K, reserved 1048576K
        """;

    assertThat(JavaHeap.used(said)).isEqualTo(8311 * 1024);
  }

  @Test
  void adds_the_generations_of_another_one() {
    var said =
        """
         DefNew     total 4928K, used 100K [0x1, 0x2, 0x3)
          eden space 4416K,   2% used [0x1, 0x2, 0x3)
         Tenured    total 10944K, used 2000K [0x1, 0x2, 0x3)
         Metaspace       used 9000K, committed 9300K, reserved 1114112K
        """;

    assertThat(JavaHeap.used(said)).isEqualTo(2100 * 1024);
  }
}
