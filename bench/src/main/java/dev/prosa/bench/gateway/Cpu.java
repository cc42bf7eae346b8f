package dev.prosa.bench.gateway;

import java.time.Duration;

/// Processor time since some moment, of the three programs that share the machine.
///
/// @param server under test
/// @param redis between them
/// @param load this process: it publishes and reads
/// @param clock that passed meanwhile
public record Cpu(Duration server, Duration redis, Duration load, Duration clock) {

  /// Up to now.
  static Cpu now(ServerProcess server, Backends backends) {
    return new Cpu(
        of(server.pid()),
        of(backends.redisPid()),
        of(ProcessHandle.current().pid()),
        Duration.ofNanos(System.nanoTime()));
  }

  private static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /// What was used since `earlier`.
  Cpu since(Cpu earlier) {
    return new Cpu(
        server.minus(earlier.server),
        redis.minus(earlier.redis),
        load.minus(earlier.load),
        clock.minus(earlier.clock));
  }

  /// How many processors that is.
  ///
  /// @param used one of the three
  public double share(Duration used) {
    return (double) used.toNanos() / clock.toNanos();
  }

  /// What a number of events in this time makes a second.
  double perSecond(long events) {
    return events * 1e9 / clock.toNanos();
  }
}
