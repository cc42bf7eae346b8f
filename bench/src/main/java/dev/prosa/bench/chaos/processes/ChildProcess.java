package dev.prosa.bench.chaos.processes;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A service in a JVM of its own. What it says goes to a file, and what looks bad in it to the
/// journal, too.
final class ChildProcess {

  /// Small and quick to start; how fast it is later does not matter here.
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Xshare:auto");

  private static final Pattern READY =
      Pattern.compile(".* (worker|gateway) is ready, pid \\d+\\s*");
  private static final Pattern LISTENS = Pattern.compile(".* (g_\\w+) listens on .*");
  private static final Pattern SUSPICIOUS =
      Pattern.compile(
          "\\S+ ERROR .*|(Caused by: |Exception in thread .*)?[a-z][\\w.$]*(Exception|Error)(:.*)?");

  /// What stands between an event and the lines of its exception.
  private static final String PARTS = " \\| ";

  private final Fleet.Spec spec;
  private final Journal journal;
  private final Process process;
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private volatile String gateway = "";

  private ChildProcess(Fleet.Spec spec, Journal journal, Process process) {
    this.spec = spec;
    this.journal = journal;
    this.process = process;
  }

  static ChildProcess start(Fleet.Spec spec, Path logs, Journal journal) {
    var builder =
        new ProcessBuilder(new JavaCommand(FLAGS, spec.main()).words()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI|AWS)_.*"));
    environment.putAll(spec.environment());
    try {
      var child = new ChildProcess(spec, journal, builder.start());
      Thread.ofPlatform()
          .daemon()
          .name("output-" + spec.name())
          .start(() -> child.read(logs.resolve(spec.name() + ".log")));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + spec.name(), e);
    }
  }

  private void read(Path file) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer log =
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      log.write("---- pid " + process.pid() + "\n");
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        log.write(line + "\n");
        log.flush();
        look(line);
      }
    } catch (IOException cutOff) {
      ready.completeExceptionally(cutOff);
    }
    ready.completeExceptionally(new IllegalStateException(spec.name() + " ended"));
  }

  private void look(String line) {
    var listens = LISTENS.matcher(line);
    if (listens.matches()) {
      gateway = String.valueOf(listens.group(1));
    }
    if (READY.matcher(line).matches()) {
      ready.complete(pid());
    }
    for (var part : line.split(PARTS, -1)) {
      if (SUSPICIOUS.matcher(part.strip()).matches()) {
        journal.note(Kind.LOG, e -> e.put("process", spec.name()).put("line", part.strip()));
      }
    }
  }

  /// Completed when it serves; completed exceptionally when it ends before that.
  CompletableFuture<Long> ready() {
    return ready;
  }

  /// The id of this gateway; empty for a worker.
  String gateway() {
    return gateway;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /// `kill -9`; returns when it is gone. Through its handle, because `Process.destroy` closes its
  /// output, too.
  void kill() {
    var _ = process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /// Tells it to end.
  ///
  /// @return its exit code; -1 when it does not end in time
  int terminate(Duration limit) throws InterruptedException {
    var _ = process.toHandle().destroy();
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
  }
}
