package dev.prosa.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// `prosa up` as a process of its own, seen from outside.
final class UpProcess implements AutoCloseable {

  /// In the last line of what it tells a person; a blank one follows.
  private static final String READY = "Ctrl-C";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Process process;
  private final Path output;
  private final Path errors;

  private UpProcess(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /// Starts on free ports and waits until it says that it is ready.
  static UpProcess start(Path data) throws IOException {
    return start(data, Map.of());
  }

  /// The same with more settings.
  static UpProcess start(Path data, Map<String, String> more) throws IOException {
    return launch(data, more).once(UpProcess::saysThatItIsReadyOrEnded);
  }

  /// Starts on free ports and waits only until it has begun to start what it needs.
  static UpProcess startUntilItHasAChild(Path data) throws IOException {
    return launch(data, Map.of()).once(up -> !up.children().isEmpty());
  }

  /// Waits; when that was in vain, nothing is left behind.
  private UpProcess once(Predicate<UpProcess> isSoFar) {
    try {
      Awaitility.await().atMost(START).pollInterval(LOOK_AGAIN).until(() -> isSoFar.test(this));
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static UpProcess launch(Path data, Map<String, String> more) throws IOException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var classPath = String.valueOf(System.getProperty("java.class.path"));
    var output = Files.createTempFile(data, "output", ".txt");
    var errors = Files.createTempFile(data, "errors", ".txt");
    var builder =
        new ProcessBuilder(List.of(java, "-cp", classPath, UpMain.class.getName()))
            .directory(data.toFile())
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI)_.*"));
    environment.put("PROSA_HTTP_PORT", "0");
    environment.put("PROSA_WS_PORT", "0");
    environment.put("PROSA_DATA", data.toString());
    environment.putAll(more);
    return new UpProcess(builder.start(), output, errors);
  }

  private boolean saysThatItIsReadyOrEnded() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended: " + said());
    }
    return said().contains(READY);
  }

  /// Everything it printed so far, what the virtual machine complains about at its end; but for a
  /// line that it may be in the middle of.
  String said() {
    return text(output) + text(errors);
  }

  /// Every line of its standard output since it told the person who started it that it is ready.
  List<String> linesSinceReady() {
    return text(output).lines().dropWhile(line -> !line.contains(READY)).skip(2).toList();
  }

  private static String text(Path file) {
    try {
      var printed = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return printed.substring(0, printed.lastIndexOf('\n') + 1);
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
