package dev.prosa.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// Where and when figures were measured, without which they mean nothing.
final class Machine {

  private static final double GIB = 1024.0 * 1024 * 1024;

  private Machine() {}

  /// Processor time of this process; unlike the time on the clock it does not depend on what else
  /// runs.
  static Duration cpuTime() {
    return Duration.ofNanos(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
  }

  /// The commit of the sources in the working folder; `unknown` outside a clone.
  static String commit() {
    try {
      var git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
      var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "unknown" : said;
    } catch (IOException noGit) {
      return "unknown";
    }
  }

  /// One line for people.
  static String describe(Instant now) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return "%s; %d cores, %s GiB memory (heap %s GiB), %s %s, Java %s; load before %s"
        .formatted(
            now.toString().substring(0, "2026-01-01".length()),
            Runtime.getRuntime().availableProcessors(),
            Figure.decimal("%.0f", system.getTotalMemorySize() / GIB),
            Figure.decimal("%.2f", Runtime.getRuntime().maxMemory() / GIB),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            Figure.decimal("%.1f", system.getSystemLoadAverage()));
  }
}
