package dev.prosa.local.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Redis that a killed process left behind, found again by the process id it had written.
///
/// Whoever asks must hold the folder: then its Redis can only be an orphan.
final class RedisOrphan {

  private static final Logger LOG = LoggerFactory.getLogger(RedisOrphan.class);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final String PID_FILE = "redis.pid";

  private RedisOrphan() {}

  static void remember(Path folder, Process process) throws IOException {
    Files.writeString(folder.resolve(PID_FILE), Long.toString(process.pid()));
  }

  static void forget(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(PID_FILE));
    } catch (IOException e) {
      LOG.warn("redis.pid stays in {}; the next start checks whose it is", folder, e);
    }
  }

  /// Ends the process whose id is in the folder, if it still runs `binary` and is not another
  /// process that got the same id.
  static void end(Path folder, Path binary) throws IOException {
    var orphan = find(folder).filter(process -> runs(process, binary));
    if (orphan.isPresent()) {
      LOG.info("ending the Redis that an earlier run left behind, pid {}", orphan.get().pid());
      end(orphan.get(), binary);
    }
    forget(folder);
  }

  private static Optional<ProcessHandle> find(Path folder) throws IOException {
    var file = folder.resolve(PID_FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var text = Files.readString(file).strip();
    if (!text.matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(text));
  }

  /// False for a zombie, which has no program any more although its id is still taken.
  private static boolean runs(ProcessHandle process, Path binary) {
    return process.info().command().equals(Optional.of(binary.toString()));
  }

  private static void end(ProcessHandle orphan, Path binary) {
    orphan.destroy();
    if (!awaitEnd(orphan, binary)) {
      orphan.destroyForcibly();
      if (!awaitEnd(orphan, binary)) {
        LOG.warn("the Redis with pid {} does not end; starting another one", orphan.pid());
      }
    }
  }

  /// Asks often: `ProcessHandle.onExit` looks at a process that is no child only after 300 ms, then
  /// more and more seldom.
  private static boolean awaitEnd(ProcessHandle orphan, Path binary) {
    var begin = System.nanoTime();
    while (runs(orphan, binary)) {
      var waited = System.nanoTime() - begin;
      if (waited > GRACE.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }
}
