package dev.prosa.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A service in a process of its own, with nothing but `environment`.
public final class ServiceProcess implements AutoCloseable {

  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;

  private ServiceProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static ServiceProcess start(Class<?> main, Map<String, String> environment)
      throws IOException {
    return start(command(main), environment);
  }

  public static ServiceProcess start(
      Class<?> main, Map<String, String> environment, List<String> args) throws IOException {
    var command = new ArrayList<>(command(main));
    command.addAll(args);
    return start(command, environment);
  }

  /// Starts a process that soon runs out of descriptors.
  ///
  /// @param descriptors files and sockets that it may have open at once
  public static ServiceProcess start(
      Class<?> main, Map<String, String> environment, int descriptors) throws IOException {
    var limited = new ArrayList<String>();
    limited.addAll(List.of("bash", "-c", "ulimit -n %d; exec \"$@\"".formatted(descriptors), "-"));
    limited.addAll(command(main));
    return start(limited, environment);
  }

  private static List<String> command(Class<?> main) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:TieredStopAtLevel=1",
        "-Dlogback.configurationFile=logback.xml",
        "-cp",
        String.valueOf(System.getProperty("java.class.path")),
        main.getName());
  }

  private static ServiceProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI)_.*"));
    builder.environment().putAll(environment);
    return new ServiceProcess(builder.start());
  }

  /// What it says until a line contains `text`, or until it ends.
  public List<String> saysUntil(String text) throws IOException {
    var said = new ArrayList<String>();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains(text)) {
        break;
      }
    }
    return said;
  }

  /// Reads whatever else it says and forgets it, so that it never waits for a reader.
  public void ignoreTheRest() {
    Thread.ofVirtual()
        .start(() -> {
          try {
            var _ = output.transferTo(Writer.nullWriter());
          } catch (IOException ended) {
            // nobody waits for more
          }
        });
  }

  /// Through its handle, because `Process.destroy` closes its output, too.
  public void terminate() {
    var _ = process.toHandle().destroy();
  }

  public int exitCode() throws InterruptedException {
    return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
