package dev.prosa.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// `prosa up` as a process of its own, seen from outside.
final class UpProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;

  private UpProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// Starts on free ports and waits until it says that it is ready.
  static UpProcess start(Path data) throws IOException {
    return start(data, Map.of());
  }

  /// The same with more settings.
  static UpProcess start(Path data, Map<String, String> more) throws IOException {
    var up = launch(data, more);
    Awaitility.await().atMost(START).until(() -> up.saysThatItIsReadyOrEnded());
    return up;
  }

  /// Starts on free ports and waits only until it has begun to start what it needs.
  static UpProcess startUntilItHasAChild(Path data) throws IOException {
    var up = launch(data, Map.of());
    Awaitility.await().atMost(START).until(() -> !up.children().isEmpty());
    return up;
  }

  private static UpProcess launch(Path data, Map<String, String> more) throws IOException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var classPath = String.valueOf(System.getProperty("java.class.path"));
    var output = Files.createTempFile(data, "output", ".txt");
    var builder =
        new ProcessBuilder(List.of(java, "-cp", classPath, UpMain.class.getName()))
            .directory(data.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI)_.*"));
    environment.put("PROSA_HTTP_PORT", "0");
    environment.put("PROSA_WS_PORT", "0");
    environment.put("PROSA_DATA", data.toString());
    environment.putAll(more);
    return new UpProcess(builder.start(), output);
  }

  private boolean saysThatItIsReadyOrEnded() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended: " + said());
    }
    return said().contains("Ctrl-C");
  }

  /// Everything it printed so far.
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI address(String name) {
    return said()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name + " "))
        .map(line -> URI.create(line.substring(name.length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  Stranger user(String name) {
    return new Stranger(name, address("open"), address("socket"), "dev-" + name);
  }

  /// What it started in turn.
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /// Ends it as the kernel does when memory runs out: it cannot do anything any more.
  void kill() {
    process.destroyForcibly().onExit().orTimeout(STOP.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /// Ends it as Ctrl-C does.
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, STOP.toMillis(), TimeUnit.MILLISECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }
}
