package dev.prosa.bench.fuzz;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What this process holds at one moment.
///
/// @param heapBytes used after a collection
/// @param descriptors files and sockets that are open; 0 where nobody counts them
/// @param errors lines at ERROR in the log
record Vitals(long heapBytes, long descriptors, List<String> errors) {

  /// @param log a file whose lines begin with time and level; need not exist
  static Vitals now(Path log) {
    return new Vitals(usedHeap(), openDescriptors(), errorsIn(log));
  }

  /// The second collection takes what the first one has only made unreachable.
  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long openDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static List<String> errorsIn(Path log) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.matches("\\S+ ERROR .*")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  /// Lines at ERROR that were not there `before`.
  List<String> errorsSince(Vitals before) {
    return errors.subList(Math.min(errors.size(), before.errors.size()), errors.size());
  }
}
