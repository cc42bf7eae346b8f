package dev.prosa.local.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real Redis as a child process.
final class EmbeddedRedis implements EmbeddedServer {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final String NAME = "Redis";
  private static final String READY = "Ready to accept connections";
  private static final int MOST_TRIES = 5;
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  private final RedisConfig config;
  private final FolderLock lock;
  private final Process process;

  private EmbeddedRedis(RedisConfig config, FolderLock lock, Process process) {
    this.config = config;
    this.lock = lock;
    this.process = process;
  }

  static EmbeddedRedis start(int port, Path folder, String password) {
    var lock = FolderLock.acquire(NAME, folder);
    try {
      var binary = RedisBinary.unpack(folder, osName(), osArch());
      RedisOrphan.end(folder, binary);
      LoopbackPort.requireFree(NAME, port);
      return port == 0
          ? launchSomewhere(folder, password, lock, binary)
          : launch(new RedisConfig(port, folder.toRealPath(), password), lock, binary);
    } catch (IOException e) {
      lock.close();
      throw new EmbeddedServerException("Redis did not start in %s.".formatted(folder), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String osName() {
    return String.valueOf(System.getProperty("os.name"));
  }

  private static String osArch() {
    return String.valueOf(System.getProperty("os.arch"));
  }

  /// On a port that was free a moment ago, and on another one when somebody was faster.
  private static EmbeddedRedis launchSomewhere(
      Path folder, String password, FolderLock lock, Path binary) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        var config = new RedisConfig(LoopbackPort.pick(), folder.toRealPath(), password);
        return launch(config, lock, binary);
      } catch (PortInUseException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        LOG.debug("somebody was faster; trying another port", e);
      }
    }
  }

  private static EmbeddedRedis launch(RedisConfig config, FolderLock lock, Path binary)
      throws IOException {
    var process = new ProcessBuilder(binary.toString(), "-").redirectErrorStream(true).start();
    var redis = new EmbeddedRedis(config, lock, process);
    try {
      RedisOrphan.remember(config.folder(), process);
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(config.text());
      }
      redis.awaitReady();
      return redis;
    } catch (IOException | RuntimeException e) {
      redis.stop();
      throw e;
    }
  }

  private void awaitReady() {
    var ready = new CompletableFuture<String>();
    Thread.ofPlatform().daemon().name("redis-output").start(() -> readOutput(ready));
    try {
      ready.orTimeout(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EmbeddedServerException known
          ? known
          : new EmbeddedServerException(
              "Redis was not ready after %d s.".formatted(START_LIMIT.toSeconds()), e);
    }
  }

  private void readOutput(CompletableFuture<String> ready) {
    var last = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        LOG.debug("{}", line);
        if (line.contains(READY)) {
          ready.complete(line);
        }
      }
    } catch (IOException e) {
      LOG.debug("the output of Redis ended", e);
    }
    ready.completeExceptionally(failure(last));
  }

  private EmbeddedServerException failure(String lastLine) {
    return lastLine.contains("Address already in use") || lastLine.contains("Failed listening")
        ? new PortInUseException(NAME, config.port())
        : new EmbeddedServerException("Redis ended while starting: " + lastLine);
  }

  @Override
  public URI uri() {
    return config.uri();
  }

  @Override
  public void close() {
    stop();
    lock.close();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Redis did not stop within {} s; killing it", STOP_LIMIT.toSeconds());
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    RedisOrphan.forget(config.folder());
  }
}
