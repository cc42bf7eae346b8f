package dev.prosa.bench;

import dev.prosa.bench.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// `prosa up` as a process of its own, with the options that this process was started with.
final class Program implements AutoCloseable {

  private static final Pattern OPEN = Pattern.compile("\\s*open\\s+(http://\\S+)/");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// A process that is told to end by its parent's end needs a moment.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Process process;
  private final long startNanos;
  private final BufferedReader output;
  private URI server = URI.create("http://localhost");
  private List<ProcessHandle> children = List.of();

  private Program(Process process, long startNanos) {
    this.process = process;
    this.startNanos = startNanos;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Program start(Path folder) {
    var builder = new ProcessBuilder(command()).directory(folder.toFile());
    builder.redirectErrorStream(true);
    var environment = builder.environment();
    environment.keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI)_.*"));
    environment.put("PROSA_HTTP_PORT", "0");
    environment.put("PROSA_WS_PORT", "0");
    environment.put("PROSA_DATA", folder.resolve("data").toString());
    try {
      var startNanos = System.nanoTime();
      return new Program(builder.start(), startNanos);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the program", e);
    }
  }

  private static List<String> command() {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", JavaCommand.classPath(), "dev.prosa.local.UpMain"));
    return command;
  }

  /// Waits until the program says where to open it and how to stop it.
  ///
  /// @return the time since it was started
  Duration untilReady() {
    var said = new ArrayList<String>();
    try {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
        var open = OPEN.matcher(line);
        if (open.matches()) {
          server = URI.create(String.valueOf(open.group(1)));
        } else if (line.strip().startsWith("stop ")) {
          children = process.descendants().toList();
          return age(System.nanoTime());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what the program says", e);
    }
    throw new IllegalStateException("the program ended: " + String.join("\n", said));
  }

  /// Processor time it has used; unlike the time on the clock it does not depend on what else runs.
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Where its HTTP API is.
  URI server() {
    return server;
  }

  /// The time from its start to `nanos`.
  Duration age(long nanos) {
    return Duration.ofNanos(nanos - startNanos);
  }

  /// Tells it to end and waits until it has.
  ///
  /// @return how long that took
  Duration terminate() throws InterruptedException {
    var begin = System.nanoTime();
    process.destroy();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the program does not end within " + LIMIT);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// How many processes of its own have outlived it.
  long childrenLeft() {
    var ends = children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, GRACE.toSeconds(), TimeUnit.SECONDS)
        .join();
    return children.stream().filter(ProcessHandle::isAlive).count();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
