package dev.prosa.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A service in a process of its own, with nothing but `environment`.
final class ServiceProcess implements AutoCloseable {

  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;

  private ServiceProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ServiceProcess start(Class<?> main, Map<String, String> environment) throws IOException {
    var builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            String.valueOf(System.getProperty("java.class.path")),
            main.getName());
    builder.redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI)_.*"));
    builder.environment().putAll(environment);
    return new ServiceProcess(builder.start());
  }

  /// What it says until a line contains `text`, or until it ends.
  List<String> saysUntil(String text) throws IOException {
    var said = new ArrayList<String>();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains(text)) {
        break;
      }
    }
    return said;
  }

  /// Through its handle, because `Process.destroy` closes its output, too.
  void terminate() {
    var _ = process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
