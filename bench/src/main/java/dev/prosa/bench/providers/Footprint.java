package dev.prosa.bench.providers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a process takes of the machine, as Linux tells it (proc_pid_status(5)).
///
/// @param peakKib the most memory that was resident at any time, in KiB; -1 when it is not known
/// @param threads threads of the system, those of the JVM itself among them; -1 when not known
record Footprint(long peakKib, long threads) {

  private static final Path STATUS = Path.of("/proc/self/status");

  /// That of this process; not known outside Linux.
  static Footprint own() {
    try {
      return of(Files.readString(STATUS));
    } catch (IOException elsewhere) {
      return of("");
    }
  }

  static Footprint of(String status) {
    return new Footprint(number("VmHWM", status), number("Threads", status));
  }

  private static long number(String name, String status) {
    var line = Pattern.compile("(?m)^" + name + ":\\s*(\\d+)").matcher(status);
    return line.find() ? Long.parseLong(String.valueOf(line.group(1))) : -1;
  }
}
