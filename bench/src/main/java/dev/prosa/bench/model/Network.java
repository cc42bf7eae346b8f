package dev.prosa.bench.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything between two processes: it takes time, it loses calls, and whoever calls may die on
/// the way there or back.
final class Network {

  private static final double USUAL_NANOS = 3e6;
  private static final Duration PAUSE = Duration.ofSeconds(45);
  private static final Duration LATEST = Duration.ofSeconds(3);

  private final Kernel kernel;
  private final Trouble trouble;

  /// What is behind the network.
  ///
  /// @param name for the trace
  /// @param patience how long a caller waits
  /// @param silence what a caller is thrown who heard nothing for that long
  record Server(String name, Duration patience, Function<String, RuntimeException> silence) {}

  /// What can go wrong at present.
  interface Trouble {

    /// The weather now.
    Weather weather();

    /// Whether a server answers nobody now.
    boolean isAway(Server server);

    /// Kills the process that calls; does not return.
    void kill(Proc proc);
  }

  Network(Kernel kernel, Trouble trouble) {
    this.kernel = kernel;
    this.trouble = trouble;
  }

  /// A port as a process sees it from its side of the network.
  ///
  /// @param target what is on the other side at the time of a call
  <T> T port(Class<T> port, Proc proc, Server server, Supplier<? extends T> target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, args) ->
                call(
                    proc,
                    server,
                    server.name() + "." + method.getName(),
                    () -> {
                      try {
                        return method.invoke(target.get(), args);
                      } catch (InvocationTargetException e) {
                        throw (RuntimeException) e.getCause();
                      } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                      }
                    })));
  }

  /// Carries out one call.
  <T extends @Nullable Object> T call(Proc proc, Server server, String what, Supplier<T> call) {
    var task = Kernel.current();
    if (task == null || task.proc() != proc) {
      throw new IllegalStateException(what + " is called by no task of " + proc.name());
    }
    var weather = trouble.weather();
    strike(task, weather);
    task.sleep(delay(proc.random()));
    if (trouble.isAway(server) || proc.happens(weather.lost())) {
      throw silent(task, server, what);
    }
    if (proc.happens(weather.late())) {
      var later = server.patience().toNanos() + proc.random().nextLong(LATEST.toNanos());
      kernel.after(
          later,
          null,
          () -> {
            var _ = call.get();
          });
      throw silent(task, server, what);
    }
    var result = call.get();
    if (proc.happens(weather.ambiguous())) {
      throw silent(task, server, what);
    }
    task.sleep(delay(proc.random()));
    strike(task, weather);
    return result;
  }

  private static RuntimeException silent(Kernel.Task task, Server server, String what) {
    task.sleep(server.patience().toNanos());
    return server.silence().apply(what + " was not answered");
  }

  /// A process may be killed or stopped between any two steps.
  void strike(Kernel.Task task, Weather weather) {
    var proc = task.proc();
    if (proc.happens(weather.kill())) {
      trouble.kill(proc);
    }
    if (proc.happens(weather.pause())) {
      proc.pause(PAUSE);
      task.sleep(1);
    }
  }

  /// Mostly some milliseconds, now and then far more.
  static long delay(Random random) {
    var nanos = -Math.log(1 - random.nextDouble()) * USUAL_NANOS;
    return (long) (random.nextInt(50) == 0 ? nanos * 50 : nanos);
  }
}
