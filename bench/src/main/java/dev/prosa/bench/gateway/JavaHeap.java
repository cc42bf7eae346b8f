package dev.prosa.bench.gateway;

import dev.prosa.bench.jvm.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The heap of another JVM, as `jcmd` of this JDK sees it.
final class JavaHeap {

  /// Generations or regions of the heap; what comes after is not heap.
  private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");

  private static final int KIB = 1024;

  private JavaHeap() {}

  /// What is in use after a full collection, in bytes.
  ///
  /// @throws IllegalStateException when the process does not answer
  static long afterCollection(long pid) throws InterruptedException {
    var jcmd = JavaCommand.jcmd();
    try {
      var process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.run\nGC.heap_info")
              .redirectErrorStream(true)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("jcmd failed: " + said);
      }
      return used(said);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run jcmd", e);
    }
  }

  /// @param info what `GC.heap_info` says
  static long used(String info) {
    var metaspace = info.indexOf("Metaspace");
    return USED.matcher(metaspace < 0 ? info : info.substring(0, metaspace))
            .results()
            .mapToLong(used -> Long.parseLong(String.valueOf(used.group(1))))
            .sum()
        * KIB;
  }
}
