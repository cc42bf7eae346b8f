package dev.prosa.bench.chaos.processes;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.local.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// A Redis that can be killed, and comes back empty under the same address.
public sealed interface CrashingRedis extends AutoCloseable permits CrashingRedis.OnOnePort {

  /// Starts one on a free port.
  static CrashingRedis start(Path folder, Journal journal) {
    return new OnOnePort(folder, journal);
  }

  /// Where it is, also after a restart.
  URI uri();

  /// `kill -9`.
  void kill();

  /// Starts it again.
  void startAgain();

  @Override
  void close();

  /// The only implementation.
  final class OnOnePort implements CrashingRedis {

    private static final String PASSWORD = "chaosChaosChaosChaos";

    private final Path folder;
    private final Journal journal;
    private final URI uri;
    private EmbeddedServer server;
    private boolean closed;

    private OnOnePort(Path folder, Journal journal) {
      this.folder = folder;
      this.journal = journal;
      this.server = EmbeddedServer.redis(0, folder, PASSWORD);
      this.uri = server.uri();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
    }

    @Override
    public URI uri() {
      return uri;
    }

    @Override
    public synchronized void kill() {
      journal.note(Kind.REDIS, e -> e.put("what", "kill"));
      ProcessHandle.of(pid())
          .ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
          });
      server.close();
    }

    /// It has written it there for whoever cleans up behind a killed parent.
    private long pid() {
      try {
        return Long.parseLong(Files.readString(folder.resolve("redis.pid")).strip());
      } catch (IOException e) {
        throw new UncheckedIOException("Redis has left no process id", e);
      }
    }

    @Override
    public synchronized void startAgain() {
      if (closed) {
        return; // the run is over, and nobody would end this one
      }
      server = EmbeddedServer.redis(uri.getPort(), folder, PASSWORD);
      journal.note(Kind.REDIS, e -> e.put("what", "up"));
    }

    @Override
    public synchronized void close() {
      closed = true;
      server.close();
    }
  }
}
