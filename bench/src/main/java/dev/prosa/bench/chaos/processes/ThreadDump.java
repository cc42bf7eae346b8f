package dev.prosa.bench.chaos.processes;

import dev.prosa.bench.jvm.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The threads of another JVM, virtual ones too, as `jcmd` of this JDK sees them.
///
/// @param names of the threads; empty when they cannot be seen
record ThreadDump(List<String> names) {

  /// What workers and gateways name a thread that works on one message, one turn or one client.
  private static final Pattern BUSY = Pattern.compile("serve|guard-.*|deliver-.*|client");

  private static final Pattern NAME = Pattern.compile("#\\d+ \"([^\"]*)\".*");
  private static final long LIMIT_SECONDS = 20;

  ThreadDump {
    names = List.copyOf(names);
  }

  static ThreadDump of(long pid, Path folder) throws InterruptedException {
    var file = folder.resolve("threads-" + pid + ".txt");
    var jcmd = JavaCommand.jcmd();
    try {
      var process =
          new ProcessBuilder(
                  jcmd, Long.toString(pid), "Thread.dump_to_file", "-overwrite", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new ThreadDump(Files.exists(file) ? names(Files.readAllLines(file)) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see the threads of " + pid, e);
    }
  }

  static List<String> names(List<String> lines) {
    return lines.stream()
        .map(NAME::matcher)
        .filter(name -> name.matches())
        .map(name -> String.valueOf(name.group(1)))
        .toList();
  }

  /// How many threads still work for somebody; -1 when nothing can be seen.
  int busy() {
    return names.isEmpty() ? -1 : (int) names.stream().filter(BUSY.asMatchPredicate()).count();
  }
}
