package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prosa.core.runtime.RedisPool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.crac.Core;
import org.junit.jupiter.api.Test;

/// What is in the snapshot that Lambda instances start from.
class CracSnapshotTest {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final RedisPool redis = RedisPool.open(URI.create("redis://127.0.0.1:1"));
  private final CracSnapshot snapshot = new CracSnapshot(redis, InstantSource.system());

  @Test
  void no_socket_and_no_thread_is_left_of_the_rehearsal() throws IOException {
    assumeThat(DESCRIPTORS).exists();
    snapshot.beforeCheckpoint(Core.getGlobalContext());
    var sockets = sockets();
    var threads = threads();

    snapshot.beforeCheckpoint(Core.getGlobalContext());

    assertThat(sockets()).isSubsetOf(sockets);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(threads()).isSubsetOf(threads));
  }

  private static Set<String> sockets() throws IOException {
    try (var files = Files.list(DESCRIPTORS)) {
      return files
          .map(CracSnapshotTest::target)
          .filter(t -> t.startsWith("socket:"))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /// Those of the JDK and of the wait itself come and go.
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.threadId() + " " + thread.getName())
        .filter(name -> !name.matches("\\d+ (C[12] Compiler|awaitility|ForkJoinPool).*"))
        .collect(Collectors.toSet());
  }

  @Test
  void redis_is_asked_at_once_though_the_clock_stands_elsewhere_after_the_restore() {
    redis.restsUntil().set(System.nanoTime() + Duration.ofHours(1).toNanos());

    snapshot.afterRestore(Core.getGlobalContext());

    assertThat(redis.restsUntil().get()).isLessThanOrEqualTo(System.nanoTime());
  }
}
