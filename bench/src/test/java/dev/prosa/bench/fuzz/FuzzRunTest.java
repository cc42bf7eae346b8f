package dev.prosa.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A twentieth of what `./prosa bench fuzz` does.
class FuzzRunTest {

  private static final Path LOG = Path.of("target", "errors.log");
  private static final int SEED = 20_261;

  @Test
  void a_gateway_serves_others_whatever_broken_clients_write() throws InterruptedException {
    var result = new FuzzRun(50_000, 5_000, SEED, LOG, InstantSource.system()).run();

    assertThat(result.violations())
        .as("./prosa bench fuzz --frames 50000 --handshakes 5000 --seed %d", SEED)
        .isEmpty();
    assertThat(result.frames().written()).isGreaterThanOrEqualTo(50_000);
    assertThat(result.frames().outcomes())
        .containsKeys("1002", "1007", "1009", "4429", "none", "client left");
    assertThat(result.handshakes().written()).isEqualTo(5_000);
    assertThat(result.handshakes().outcomes()).containsKeys("101", "403", "404", "none");
  }

  @Test
  void writes_the_same_for_the_same_seed() {
    var streams = IntStream.range(0, 2).mapToObj(_ -> stream(7)).toList();

    assertThat(streams.getFirst()).isEqualTo(streams.getLast()).isNotEqualTo(stream(8));
  }

  private static byte[] stream(long seed) {
    var dice = new SplittableRandom(seed);
    var fuzz = new FrameFuzz(dice, List.of("j_0"));
    return fuzz.stream();
  }
}
