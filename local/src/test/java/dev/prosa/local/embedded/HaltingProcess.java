package dev.prosa.local.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a main class of the tests in another JVM, on the same class path.
final class HaltingProcess {

  private static final long LIMIT_SECONDS = 60;

  private HaltingProcess() {}

  /// Waits for its end and returns its exit code.
  static int run(Class<?> main, Path folder) throws IOException, InterruptedException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var classPath = String.valueOf(System.getProperty("java.class.path"));
    var command = List.of(java, "-cp", classPath, main.getName(), folder.toString());
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .redirectInput(Redirect.PIPE)
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(main + " did not end");
    }
    return process.exitValue();
  }
}
